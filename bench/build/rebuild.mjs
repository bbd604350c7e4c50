// A process of its own: builds a project cold, then again after each edit of one tool, as `--watch` does.
// Prints the milliseconds of every rebuild as JSON.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createBuilder } from 'mcp-gen'
import { toolFile } from './project.mjs'

const [, , project, edits, tool] = process.argv
const file = join(project, ...toolFile(Number(tool)).split('/'))
const source = readFileSync(file, 'utf8')
const builder = createBuilder({ project })
const took = []
await build(0)
for (let edit = 1; edit <= Number(edits); edit++) {
  // Somebody who edits needs longer than this: what is made ready ahead is ready.
  await new Promise((resolve) => setTimeout(resolve, 1_500))
  // What clients see changes too, so that files are rendered and written.
  writeFileSync(file, source.replace(/description: '/, `description: 'Edit ${edit}: `))
  const started = performance.now()
  const files = await build(edit)
  took.push(performance.now() - started)
  if (!files.some(({ action }) => action === 'write')) throw new Error('an edit changed nothing')
}
builder.close()
writeFileSync(file, source)
console.log(JSON.stringify(took))

async function build(edit) {
  const { diagnostics, files } = await builder.build()
  if (diagnostics.length > 0) throw new Error(`build ${edit}: ${diagnostics[0].message}`)
  return files
}
