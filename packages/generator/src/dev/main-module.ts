/** The program that a project runs in production. */
export const MAIN_MODULE = 'main.ts'
