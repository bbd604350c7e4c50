// What must and must not compile with a generated client. An unused expectation is an error of its own.
import { type ClientFactory, clientFactory } from '@mcp-secure/client'
import { defineTool } from '@mcp-secure/spec'
import { z } from 'zod'
import * as z3 from 'zod3'

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
const same = <A, B>(_: Equal<A, B>): void => {}

const description = 'A tool'
const readNote = defineTool({
  description,
  access: 'authenticated',
  input: z.object({ id: z.string(), limit: z.string().transform(Number).optional() }),
  output: z.object({ text: z.string(), createdAt: z.date(), tags: z.array(z.string()) }),
  run: () => ({ text: '', createdAt: new Date(0), tags: [] }),
})
const listNotes = defineTool({
  description,
  access: 'authenticated',
  input: z.object({ page: z.number().default(1) }),
  output: z.array(z.string()),
  run: () => [],
})
const choose = defineTool({
  description,
  access: 'authenticated',
  input: z.union([z.string(), z.object({ a: z.number() })]),
  run: () => 'done',
})
const ping = defineTool({ description, access: 'public', run: () => 'pong' })
const old = defineTool({
  description,
  access: 'public',
  input: z3.object({ id: z3.string() }),
  output: z3.object({ ok: z3.boolean() }),
  run: () => ({ ok: true }),
})

interface ToolTypes {
  read_note: typeof readNote
  list_notes: typeof listNotes
  choose: typeof choose
  ping: typeof ping
  old: typeof old
}

const createClient: ClientFactory<ToolTypes> = clientFactory<ToolTypes>({ server: 'notes', tools: {} })
const url = 'http://localhost:3000/mcp'
const client = createClient({ url })

export async function uses(): Promise<void> {
  // What is sent is what the schema takes, not what it hands on.
  const read = await client.tools.read_note({ id: 'a', limit: '10' })
  if (read.ok) {
    // What arrives went through JSON.
    same<typeof read.value, { readonly text: string; readonly createdAt: string; readonly tags: readonly string[] }>(
      true,
    )
  } else {
    same<typeof read.error, 'insufficient-scope' | 'login-required' | 'tool-error' | 'protocol-error' | 'no-answer'>(
      true,
    )
    if (read.error === 'insufficient-scope') await client.logIn(read.scopes)
    if (read.error === 'tool-error') same<typeof read.text, string>(true)
    // @ts-expect-error a failure has no value
    read.value
  }
  // @ts-expect-error nothing is known of the value before it is known that there is one
  read.value

  const listed = await client.tools.list_notes()
  await client.tools.list_notes({ page: 2 })
  if (listed.ok) same<typeof listed.value, readonly string[]>(true)

  await client.tools.choose('text')
  await client.tools.choose({ a: 1 })
  const pong = await client.tools.ping()
  if (pong.ok) same<typeof pong.value.text, string>(true)
  const three = await client.tools.old({ id: 'a' })
  if (three.ok) same<typeof three.value, { readonly ok: boolean }>(true)

  // @ts-expect-error the input is needed
  await client.tools.read_note()
  // @ts-expect-error the id is needed
  await client.tools.read_note({ limit: '10' })
  // @ts-expect-error what the handler gets is not what is sent
  await client.tools.read_note({ id: 'a', limit: 10 })
  // @ts-expect-error nobody declared this
  await client.tools.read_note({ id: 'a', other: true })
  // @ts-expect-error a tool without input takes nothing
  await client.tools.ping({})
  // @ts-expect-error neither of the two
  await client.tools.choose(1)
  // @ts-expect-error there is no such tool
  await client.tools.delete_everything()
}

// Made for some tools, it has those alone.
const reader = createClient({ url, tools: ['list_notes'] })
export const list = reader.tools.list_notes
// @ts-expect-error it was not made for this one, and does not ask for its scopes
export const other = reader.tools.read_note
// @ts-expect-error there is no such tool
createClient({ url, tools: ['list_note'] })
