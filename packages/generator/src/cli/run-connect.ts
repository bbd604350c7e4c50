import { resolve } from 'node:path'
import type { Client, ConnectedServer } from '../connect/client.js'
import { clientSnippet } from '../connect/client-snippets.js'
import { CLIENTS } from '../connect/clients.js'
import { didYouMean } from '../diagnostics/suggest.js'
import type { ConnectArguments } from './connect-command.js'
import { ExitCode } from './exit-code.js'
import { findServer } from './find-server.js'
import type { Io } from './io.js'
import { printSnippet } from './print-snippet.js'
import { writeClientFile } from './write-client-file.js'

const OTHERWISE = { url: '--url', sentence: '`--url` and `--name` say it without a project' }

/** Prints how a client is connected, or writes it into the client's file. */
export async function runConnect(args: ConnectArguments, io: Io): Promise<ExitCode> {
  const client = await chooseClient(args, io)
  if (typeof client === 'number') return client
  const projectDirectory = resolve(io.cwd, args.project)
  const server = await findServer({ ...args, projectDirectory, otherwise: OTHERWISE }, io)
  if (typeof server === 'number') return server
  if (args.write) return writeFor(client, server, projectDirectory, io)
  const clients = client === null ? CLIENTS : [client]
  const snippets = clients.map((one) => clientSnippet(one, server))
  const shown = () => snippets.map((snippet) => printSnippet(snippet, io)).join('\n')
  io.out.write(args.json ? `${JSON.stringify(client === null ? snippets : snippets[0])}\n` : shown())
  return ExitCode.fine
}

/** The client that was named or chosen; null for all of them, and a code if there is nothing to go on with. */
async function chooseClient({ client: id, write, json }: ConnectArguments, io: Io): Promise<Client | null | ExitCode> {
  const found = CLIENTS.find((client) => client.id === id)
  if (found !== undefined) return found
  if (id !== '') return refuse(`There is no client '${id}' that we know.${didYouMean(id, ids)}\n\n${list()}`, io)
  if (json && !write) return null
  if (io.ask === undefined || !io.out.isTTY) {
    if (write) return refuse(`Say which client.\n\n${list()}`, io)
    io.out.write(list())
    return ExitCode.fine
  }
  const choices = CLIENTS.filter(({ projectFile }) => !write || projectFile !== undefined)
  const chosen = await io.ask.one(
    'Which client?',
    choices.map((client) => ({ value: client.id, label: client.name, hint: client.summary })),
  )
  return CLIENTS.find((client) => client.id === chosen) ?? ExitCode.misuse
}

const ids = CLIENTS.map(({ id }) => id)

function list(): string {
  const width = Math.max(...ids.map((id) => id.length))
  const lines = CLIENTS.map(({ id, name, summary }) => `  ${id.padEnd(width)}  ${name}: ${summary}\n`)
  return `Clients, for \`mcp-gen connect CLIENT\`:\n${lines.join('')}`
}

function writeFor(client: Client | null, server: ConnectedServer, directory: string, io: Io): ExitCode {
  if (client?.projectFile !== undefined) return writeClientFile(client, client.projectFile, server, directory, io)
  const able = CLIENTS.filter(({ projectFile }) => projectFile !== undefined).map(({ id }) => id)
  const which = client === null ? 'Say which client.' : `${client.name} reads no file of the project.`
  return refuse(`${which} --write is for ${able.join(', ')}.\n`, io)
}

function refuse(message: string, io: Io): ExitCode {
  io.err.write(message)
  return ExitCode.misuse
}
