/** Every file that a build may write into `generated/`. */
export const GENERATED_FILES = [
  'ACCESS.md',
  'authorization-server.gen.ts',
  'policy.gen.ts',
  'prompts.gen.ts',
  'register.gen.ts',
  'resources.gen.ts',
  'schemas.gen.ts',
  'server.gen.ts',
  'tools.gen.ts',
] as const

export type GeneratedFile = (typeof GENERATED_FILES)[number]
