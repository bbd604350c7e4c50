import { readFileSync } from 'node:fs'
import { extname } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { ts } from 'ts-morph'
import { onDisk } from './layout.js'
import { readConfig } from './project.js'
import { typescript } from './ts-morph.js'

/** A file that Node runs as it is: its path, with `/`, and its content. */
export interface RunnableFile {
  /** The path of the source that it comes from. */
  readonly source: string
  readonly path: string
  readonly content: string | Buffer
}

/** Makes JavaScript of the project's source, file by file, without looking at types. */
export interface Transpiler {
  /** One file a path; a file that did not change is the same object as the last time. */
  transpile(paths: readonly string[]): readonly RunnableFile[]
}

/**
 * Keeps what it made until the source or the compiler options change. Stack
 * traces point into the source: each file carries its source map.
 */
export function createTranspiler(directory: string): Transpiler {
  const known = new Map<string, { readonly key: string; readonly file: RunnableFile }>()
  return {
    transpile(paths) {
      const { options, stamp } = readConfig(directory)
      return paths.map((path) => {
        const content = readFileSync(onDisk(directory, path))
        const key = `${stamp}\n${content.toString('latin1')}`
        const before = known.get(path)
        if (before?.key === key) return before.file
        const file = runnable(directory, path, content, options)
        known.set(path, { key, file })
        return file
      })
    },
  }
}

const EMITTED: Readonly<Record<string, string>> = {
  '.ts': '.js',
  '.tsx': '.js',
  '.jsx': '.js',
  '.mts': '.mjs',
  '.cts': '.cjs',
}

function runnable(directory: string, path: string, content: Buffer, options: ts.CompilerOptions): RunnableFile {
  const emitted = EMITTED[extname(path)]
  if (emitted === undefined) return { source: path, path, content }
  const { outputText, sourceMapText = '' } = typescript.transpileModule(content.toString('utf8'), {
    fileName: onDisk(directory, path),
    compilerOptions: {
      ...options,
      ...ALWAYS,
      module: emitted === '.cjs' ? typescript.ModuleKind.CommonJS : typescript.ModuleKind.ESNext,
    },
  })
  const map = { ...(JSON.parse(sourceMapText) as object), sources: [pathToFileURL(onDisk(directory, path)).href] }
  const encoded = Buffer.from(JSON.stringify(map)).toString('base64')
  const code = outputText.replace(/^\/\/# sourceMappingURL=.*$/m, '')
  return {
    source: path,
    path: `${path.slice(0, -extname(path).length)}${emitted}`,
    content: `${code}//# sourceMappingURL=data:application/json;base64,${encoded}\n`,
  }
}

/** What does not depend on the project: one file at a time, for a Node that loads ES modules. */
const ALWAYS: ts.CompilerOptions = {
  moduleDetection: typescript.ModuleDetectionKind.Force,
  rewriteRelativeImportExtensions: true,
  sourceMap: true,
  inlineSourceMap: false,
  inlineSources: false,
  declaration: false,
  declarationMap: false,
  isolatedDeclarations: false,
  composite: false,
  incremental: false,
  noEmit: false,
  emitDeclarationOnly: false,
}
