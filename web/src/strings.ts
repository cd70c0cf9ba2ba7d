// SPDX-License-Identifier: Apache-2.0
// Every word the page itself says, in one place and one shape, so that another language is one more object of type
// `Strings` (see README.md). Words that come from the results file are shown as they stand there.

import { english } from './strings_en';

export type Strings = typeof english;

export const strings: Strings = english;
