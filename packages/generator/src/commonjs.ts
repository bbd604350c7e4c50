import { createRequire } from 'node:module'

/**
 * Loads a package that is CommonJS. At an `import` of it Node would first read all of its text for the names that it
 * exports, which for a compiler of ten megabytes is a tenth of a whole build.
 */
export const commonJs: NodeJS.Require = createRequire(import.meta.url)
