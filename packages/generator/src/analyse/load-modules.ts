/**
 * The one file that runs the user's code. It is the main module of a child
 * process: what a module does to its globals, or to the process, ends with it.
 */
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { inspect } from 'node:util'
import type * as Jiti from 'jiti'
import { commonJs } from '../commonjs.js'
import { describePrompt, describeResource, describeServer, describeTool } from './describe-definition.js'
import type { Evaluated, EvaluationMessage, EvaluationRequest, EvaluationTask } from './evaluation.js'
import { createTransform } from './transform-module.js'
import { watchProcess } from './watch-process.js'
import type { ToJsonSchema } from './zod4-to-json-schema.js'

const { createJiti } = commonJs('jiti') as typeof Jiti

const parent = process.send?.bind(process)
// The channel is ours: a module that writes to it could speak for another.
process.send = undefined as unknown as NonNullable<typeof process.send>

// Nobody is left to listen, and a timer of a module could keep the process for ever.
const exit = process.exit.bind(process)
process.once('disconnect', () => exit())

const [, , directory = process.cwd()] = process.argv
const witness = watchProcess(directory)

let failure: unknown = null
process.on('uncaughtException', (error) => {
  failure ??= error ?? new Error('it threw nothing')
})

/** What is done for the first time is done slowly: the compiler of jiti, and that of schemas, are warm afterwards. */
const TYPICAL_TOOL = `import { defineTool } from '@mcp-secure/spec'
import { z } from 'zod'

export default defineTool({
  description: 'A tool',
  access: 'authenticated',
  input: z.object({ text: z.string().min(1).describe('Text'), kind: z.enum(['a', 'b']).optional() }),
  output: z.object({ items: z.array(z.object({ id: z.uuid(), count: z.int().min(0) })) }),
  async run({ text }: { text: string }): Promise<{ items: never[] }> {
    return { items: [] }
  },
})
`

// Nothing is cached on the disk: only `write/` touches it.
const options = { fsCache: false, interopDefault: false } as const
const transform = createTransform(createJiti(directory, options).transform)
const jiti = createJiti(join(directory, 'mcp-gen.js'), { ...options, transform })
const isWarm = warmUp()

process.once('message', (request) => void isWarm.then(() => evaluateAll(request as EvaluationRequest)))

/**
 * A process is started before it is needed: what nearly every tool imports, and
 * the compiler that jiti loads for its first module, are there by then.
 */
async function warmUp(): Promise<void> {
  try {
    const options = { filename: join(directory, 'mcp-gen.ts'), async: true }
    const module = (await jiti.evalModule(TYPICAL_TOOL, options)) as { readonly default?: unknown }
    await describeModule({ kind: 'tool', module: '' }, module.default, () => loadToJsonSchema(directory))
  } catch {
    // The tool that needs what is missing will say so.
  }
}

async function evaluateAll({ tasks }: EvaluationRequest): Promise<void> {
  for (const task of tasks) {
    await send({ type: 'started', module: task.module })
    await send({ type: 'evaluated', module: task.module, outcome: await evaluate(task) })
  }
  await send({ type: 'finished' })
}

function send(message: EvaluationMessage): Promise<void> {
  return new Promise((resolve) => {
    parent?.(message, undefined, undefined, () => resolve())
  })
}

async function evaluate(task: EvaluationTask): Promise<Evaluated> {
  failure = null
  witness.forget()
  try {
    const file = join(directory, ...task.module.split('/'))
    const module = await importModule(file)
    const outcome = await describeModule(task, module.default, () => loadToJsonSchema(file))
    // A rejection that nobody handles surfaces after the current turn.
    await new Promise((resolve) => setImmediate(resolve))
    return witness.ended() ?? (failure === null ? outcome : threw(failure))
  } catch (error) {
    return witness.ended() ?? threw(error)
  }
}

function threw(error: unknown): Evaluated {
  return { kind: 'threw', error: messageOf(error), place: witness.placeOf(error), unset: witness.unset() }
}

/** What fails is tried as jiti does it alone, so that no shortcut of ours is ever the reason. */
async function importModule(file: string): Promise<{ readonly default?: unknown }> {
  try {
    return await jiti.import<{ default?: unknown }>(file)
  } catch (error) {
    // It was stopped on its way out: what it did before must not be done twice.
    if (witness.ended() !== null) throw error
    witness.forget()
    return createJiti(join(directory, 'mcp-gen.js'), options).import<{ default?: unknown }>(file)
  }
}

async function describeModule(
  { kind }: EvaluationTask,
  value: unknown,
  load: () => Promise<ToJsonSchema>,
): Promise<Evaluated> {
  if (typeof value !== 'object' || value === null) {
    const found = value === null ? 'null' : `of type ${typeof value}`
    return { kind: 'threw', error: `its default export is ${found}`, place: null, unset: [] }
  }
  const values = value as Readonly<Record<string, unknown>>
  switch (kind) {
    case 'server':
      return describeServer(values)
    case 'tool':
      return { kind, value: await describeTool(values, load) }
    case 'resource':
      return { kind, value: await describeResource(values, load) }
    case 'prompt':
      return { kind, value: await describePrompt(values, load) }
  }
}

/** For schemas that do not carry the method: zod/mini, and Zod 4 before 4.2. */
async function loadToJsonSchema(file: string): Promise<ToJsonSchema> {
  const path = createRequire(pathToFileURL(file)).resolve('zod/v4/core')
  const { toJSONSchema } = await jiti.import<{ toJSONSchema: ToJsonSchema }>(path)
  return toJSONSchema
}

function messageOf(error: unknown): string {
  const [first = ''] = textOf(error).split('\n', 1)
  // Diagnostics never hold a path of this machine.
  return shortened(first)
    .replaceAll(`${pathToFileURL(directory).href}/`, '')
    .replaceAll(`${directory}/`, '')
    .replaceAll(`${directory}\\`, '')
    .replaceAll(directory, '.')
}

/** In characters; what is longer is read by nobody. */
const LONGEST = 400

function shortened(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)} …` : text
}

/** Anything can be thrown; what is no Error is shown as the console would. */
function textOf(error: unknown): string {
  try {
    if (error instanceof Error) return `${error.name}: ${error.message}`
    return typeof error === 'string' ? error : inspect(error, { breakLength: Number.POSITIVE_INFINITY })
  } catch {
    return 'it threw something that cannot be shown'
  }
}
