import type * as Module from 'oidc-provider'

/**
 * oidc-provider, loaded without one line that would alarm a newcomer: on Node 20
 * it warns on import that only Node 22 is supported. This package's tests run it
 * on Node 20.19 as well, and a warning that nobody can act on hides those that
 * matter. Exactly that line is left out; every other one is printed.
 */
const module = await importWithout('oidc-provider WARNING: Unsupported runtime.')

export const Provider: typeof Module.default = module.default
export type Provider = Module.default
export const errors: typeof Module.errors = module.errors
export const interactionPolicy: typeof Module.interactionPolicy = module.interactionPolicy

async function importWithout(line: string): Promise<typeof Module> {
  const { warn } = console
  console.warn = (...values: unknown[]) => {
    if (!String(values[0]).includes(line)) warn.apply(console, values)
  }
  try {
    return await import('oidc-provider')
  } finally {
    console.warn = warn
  }
}
