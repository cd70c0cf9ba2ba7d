// SPDX-License-Identifier: Apache-2.0
// Lets `node --test` on node 20 import the TypeScript sources and, drawn to text, the panels: types are stripped, nothing is
// bundled or checked here.
import { register } from 'node:module';

register(new URL('./typescript_hook.mjs', import.meta.url));
