import { defineTool } from '@mcp-secure/spec'
import { z } from 'zod'

/** What a schema can be made to work on: unions, records, lists, and text that patterns look at. */
export default defineTool({
  description: 'Take over many items at once',
  scopes: ['items:write'],
  input: z.strictObject({
    items: z
      .array(
        z.union([
          z.strictObject({ kind: z.literal('mail'), address: z.email() }),
          z.strictObject({ kind: z.literal('link'), href: z.url() }),
          z.strictObject({ kind: z.literal('tags'), tags: z.record(z.string().max(20), z.string().max(20)) }),
        ]),
      )
      .min(1)
      .max(100),
    since: z.iso.datetime().optional(),
    amount: z.number().int().min(0).max(1_000).optional(),
  }),
  run(input, { caller, services }) {
    services.witness.note('import_items', caller.subject, input)
    return 'imported'
  },
})
