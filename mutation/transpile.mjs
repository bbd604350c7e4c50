// Compiles the sources of the compiler in the folder that it is started in, where a mutation run has changed them.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { ts } from 'ts-morph'

const from = join('packages', 'generator', 'src')
const to = join('packages', 'generator', 'dist')
// Each file by itself, and without a look at its types: a changed program need not have right ones.
const compilerOptions = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2023, verbatimModuleSyntax: true }

for (const path of readdirSync(from, { recursive: true, encoding: 'utf8' })) {
  if (!path.endsWith('.ts')) continue
  const target = join(to, path.replace(/\.ts$/, '.js'))
  mkdirSync(dirname(target), { recursive: true })
  writeFileSync(target, ts.transpileModule(readFileSync(join(from, path), 'utf8'), { compilerOptions }).outputText)
}
