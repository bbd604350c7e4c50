/** Every file that a build may write into `generated/`. */
export const GENERATED_FILES = [
  'ACCESS.md',
  'access.gen.test.ts',
  'authorization-server.gen.ts',
  'client.gen.ts',
  'policy.gen.ts',
  'prompts.gen.ts',
  'register.gen.ts',
  'resources.gen.ts',
  'schemas.gen.ts',
  'server.gen.ts',
  'tools.gen.ts',
] as const

export type GeneratedFile = (typeof GENERATED_FILES)[number]
