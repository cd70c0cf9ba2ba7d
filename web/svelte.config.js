// Svelte 5 strips plain type annotations itself, so no preprocessor is needed. Runes everywhere: one way to hold state.
export default { compilerOptions: { runes: true } };
