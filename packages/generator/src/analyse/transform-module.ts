import type * as Sucrase from 'sucrase'
import { commonJs } from '../commonjs.js'

const { transform } = commonJs('sucrase') as typeof Sucrase

/** What jiti says of a module that it is about to run. */
interface Module {
  readonly source: string
  readonly ts?: boolean
  readonly async?: boolean
}

/**
 * What only jiti's own transform gets right: what it rewrites for want of ES
 * modules, and what is TypeScript but no plain types.
 */
const NEEDS_JITI = /\brequire\b|\bimport\s*\.\s*meta\b|\bimport\s*\(|^\s*@|\b(?:namespace|module|declare)\b/m

/** The imports that a module starts with, and the comments around them. */
const LEADING_IMPORTS =
  /^(?:\s|\/\/[^\n]*|\/\*[\s\S]*?\*\/|import\b[^'"]*(?:'[^'\n]*'|"[^"\n]*")[ \t]*(?:with[ \t]*\{[^}]*\})?[ \t]*;?)*/

/**
 * Turns a module into what jiti runs. Nearly every module of a project needs no
 * more than its types taken away and its imports rewritten, which sucrase does
 * in a third of the time that Babel takes, and without Babel's memory; jiti's
 * own transform does the rest.
 */
export function createTransform<M extends Module>(jitis: (module: M) => string): (module: M) => { code: string } {
  return (module) => {
    const code = module.async === true && module.ts === true ? transformPlain(module.source) : null
    return { code: code ?? jitis(module) }
  }
}

/** Null for a module that is not plain enough, or that cannot be read: whoever tries next says why. */
function transformPlain(source: string): string | null {
  const rest = source.slice(LEADING_IMPORTS.exec(source)?.[0].length ?? 0)
  // An import is in force before anything else runs, wherever it stands; here it runs where it stands.
  if (NEEDS_JITI.test(source) || /^\s*import\b/m.test(rest)) return null
  try {
    const { code } = transform(source, {
      transforms: ['typescript', 'imports'],
      disableESTransforms: true,
      // A default import is the `default` of what is imported, as it is for ES modules.
      enableLegacyTypeScriptModuleInterop: true,
    })
    // There was no `require` in the source: each one imports.
    return code.replace(/\brequire\(/g, 'await jitiImport(')
  } catch {
    return null
  }
}
