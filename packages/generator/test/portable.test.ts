import Ajv2020 from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import * as core from 'zod/v4/core'
import { keepDeclared } from '../../runtime/src/mcp/keep-declared.js'
import { convertSchema } from '../dist/analyse/convert-schema.js'
import { CLIENT_LIMITS } from '../dist/check/client-limits.js'
import { excessesOf, partsOf } from '../dist/check/limit-kinds.js'
import { portableSchema } from '../dist/model/portable/portable-schema.js'
import type { WireSchema } from '../dist/model/server-model.js'
import { toWireSchema } from '../dist/model/wire-schema.js'
import { type Ast, closed, miniOf, mutationsOf, schemas, valuesOf, zod3Of, zod4Of } from './support/schema-ast.js'

interface Parser {
  safeParse(value: unknown): { readonly success: boolean; readonly data?: unknown }
}

const counts = { schemas: 0, values: 0, accepted: 0, wrapped: 0 }
afterAll(() => {
  const { schemas: made, values, accepted, wrapped } = counts
  console.log(
    `${made} schemas, ${wrapped} inputs of them wrapped, and ${values} values: ${accepted} accepted and ${values - accepted} refused, each by the parser and by what clients see`,
  )
})

async function wireOf(schema: object, side: 'input' | 'output'): Promise<WireSchema> {
  const outcome = await convertSchema(schema, side, async () => core.toJSONSchema as never)
  if ('problem' in outcome) throw new Error(outcome.problem)
  return toWireSchema(portableSchema(outcome.schema, side), side)
}

function validatorOf({ schema, wrapped }: WireSchema): (value: unknown) => boolean {
  // Strict about words and formats that do not exist.
  const loose = { strictTypes: false, strictRequired: false, strictTuples: false }
  const ajv = addFormats.default(new Ajv2020.default({ strict: true, ...loose }))
  const validate = ajv.compile(schema)
  return (value) => validate(wrapped === null ? value : { [wrapped]: value }) === true
}

/** All but those on names, which nothing can rewrite: the generated ones are chosen to be difficult. */
const LIMITS = CLIENT_LIMITS.filter(({ kind }) => kind !== 'root-property-name')

/** A schema, values that it takes, and values that are nearly those. */
const cases = schemas.chain((ast) =>
  fc.record({
    ast: fc.constant(ast),
    values: fc
      .array(valuesOf(ast), { minLength: 2, maxLength: 4 })
      .chain((good) =>
        fc.tuple(fc.constant(good), ...good.flatMap((value) => [mutationsOf(value), mutationsOf(value)])),
      ),
  }),
)

/** `PROPERTY_RUNS=10` looks ten times as long. */
const TIMES = Number(process.env.PROPERTY_RUNS ?? 1)

const flavours: readonly { name: string; of: (ast: Ast) => object; runs: number }[] = [
  { name: 'Zod 4', of: zod4Of, runs: 120 * TIMES },
  { name: 'zod/mini', of: miniOf, runs: 50 * TIMES },
  { name: 'Zod 3', of: zod3Of, runs: 80 * TIMES },
]

describe.each([...flavours])('any schema of $name', ({ of, runs }) => {
  it('is told to clients as the parser has it, in words that all of them take', async () => {
    await fc.assert(
      fc.asyncProperty(cases, async ({ ast, values: [good, ...changed] }) => {
        const parser = of(ast) as Parser
        const wire = await wireOf(parser, 'input')
        const parts = partsOf(wire.schema)
        for (const limit of LIMITS) expect(excessesOf(parts, limit)).toEqual([])
        const isValid = validatorOf(wire)
        counts.schemas++
        counts.wrapped += wire.wrapped === null ? 0 : 1
        const all = [...good, ...changed].map((value) => JSON.parse(JSON.stringify(value)))
        const verdicts = all.map((value) => parser.safeParse(value).success)
        expect(verdicts.slice(0, good.length)).toEqual(good.map(() => true))
        expect(all.map((value) => [value, isValid(value)])).toEqual(all.map((value, index) => [value, verdicts[index]]))
        counts.values += all.length
        counts.accepted += verdicts.filter(Boolean).length
      }),
      { numRuns: runs },
    )
  })

  it('lets out what the parser hands on, and clients were told of it', async () => {
    const outputs = cases.map(({ ast, ...rest }) => ({ ast: closed(ast), ...rest }))
    await fc.assert(
      fc.asyncProperty(outputs, async ({ ast, values: [good, ...changed] }) => {
        const parser = of(ast) as Parser
        const wire = await wireOf(parser, 'output')
        const isValid = validatorOf(wire)
        counts.schemas++
        for (const value of [...good, ...changed]) {
          const { success, data } = parser.safeParse(JSON.parse(JSON.stringify(value)))
          counts.values++
          if (!success) continue
          counts.accepted++
          const travelling = wire.wrapped === null ? data : { [wire.wrapped]: data }
          expect(keepDeclared(travelling, wire.schema)).toEqual(travelling)
          expect([data, isValid(data)]).toEqual([data, true])
        }
      }),
      { numRuns: Math.ceil(runs / 2) },
    )
  })
})
