import { readFileSync } from 'node:fs'
import type { Client, ConnectedServer, ProjectFile } from '../connect/client.js'
import { mergeFile } from '../connect/merge-file.js'
import { serverName } from '../connect/server-name.js'
import { onDisk } from '../load/layout.js'
import { write } from '../write/write.js'
import { ExitCode } from './exit-code.js'
import type { Io } from './io.js'

/** Adds a server to a client's file in the project, as a whole or not at all. */
export function writeClientFile(
  client: Client,
  file: ProjectFile,
  { name, resource }: ConnectedServer,
  projectDirectory: string,
  io: Io,
): ExitCode {
  const { path } = file
  const server = { name: serverName(name), resource }
  const before = read(onDisk(projectDirectory, path))
  if ('problem' in before) return refuse(`${path} cannot be read: ${before.problem}`, io)
  const merged = mergeFile(file, before.text, server)
  if (merged.kind === 'refused') return refuse(`${path} ${merged.why}. It was not changed.`, io)
  if (merged.kind === 'unchanged') {
    io.out.write(`${path} has ${server.name} already\n`)
    return ExitCode.fine
  }
  const failure = write(projectDirectory, [{ action: 'write', path, text: merged.text }])
  if (failure !== null) return refuse(`${path} cannot be written: ${failure.problem}`, io)
  io.out.write(`added ${server.name} to ${path}; open ${client.name} there and log in\n`)
  return ExitCode.fine
}

function read(path: string): { readonly text: string | null } | { readonly problem: string } {
  try {
    return { text: readFileSync(path, 'utf8') }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (code === '') throw error
    return code === 'ENOENT' ? { text: null } : { problem: code }
  }
}

function refuse(problem: string, io: Io): ExitCode {
  io.err.write(`${problem}\n`)
  return ExitCode.misuse
}
