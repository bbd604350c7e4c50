// The whole way, as a user's client goes it: discovery, registration, login,
// a call, a refusal that names the missing scope, a step-up, and the isolation
// of two users. It fails, with an exit code, on the first thing that is not so.
import { equal, match, ok } from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pasteLines } from './clients.js'
import { Person } from './person.js'
import { choosePort, type Program, startProgram } from './processes.js'
import { bold, detail, dim, done, step } from './terminal.js'

interface NoteList {
  notes: { id: string; title: string }[]
}

const NO_NOTE = '00000000-0000-4000-8000-000000000000'

const project = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..')
const once = process.argv.includes('--once')
const started = performance.now()
const programs: Program[] = []

try {
  await tour()
} finally {
  await Promise.all(programs.map((program) => program.stop()))
}

async function tour(): Promise<void> {
  const state = once ? await mkdtemp(join(tmpdir(), 'mcp-secure-demo-')) : project
  const { resource, issuer } = await startServers(state)
  await showRefusal(resource)
  const ada = await showLogin(resource)
  const note = await showStepUp(ada)
  const grace = await showIsolation(resource, note)
  await Promise.all([ada.close(), grace.close()])
  if (once) {
    done(`Everything above was checked, in ${seconds()}.`)
    await Promise.all(programs.map((program) => program.stop()))
    await rm(state, { recursive: true })
    return
  }
  await stayForPeople(resource, issuer)
}

async function startServers(state: string): Promise<{ resource: string; issuer: string }> {
  const issuerPort = await choosePort(4000)
  const port = await choosePort(3000)
  const issuer = `http://localhost:${issuerPort}`
  const resource = `http://localhost:${port}/mcp`
  const environment = {
    NODE_ENV: 'development',
    MCP_RESOURCE: resource,
    MCP_AUTH_ISSUER: issuer,
    NOTES_DATA: join(state, '.data', 'notes'),
    // Given to both, neither waits for the other's file.
    MCP_INTROSPECTION_SECRET: randomBytes(32).toString('base64url'),
  }
  step('Two programs start')
  if (issuerPort !== 4000) detail('port 4000 is taken, so the authorization server uses another')
  if (port !== 3000) detail('port 3000 is taken, so the MCP server uses another')
  const auth = join(project, 'dist', 'generated', 'authorization-server.gen.js')
  const server = join(project, 'dist', 'main.js')
  const authProgram = startProgram(auth, environment, state)
  const serverProgram = startProgram(server, environment, state)
  programs.push(authProgram, serverProgram)
  await authProgram.untilAnswers(`${issuer}/.well-known/oauth-authorization-server`)
  detail(`authorization server  ${issuer}`)
  await serverProgram.untilAnswers(`http://localhost:${port}/healthz`)
  detail(`MCP server            ${resource}`)
  return { resource, issuer }
}

async function showRefusal(resource: string): Promise<void> {
  step('Somebody calls without a token, and is refused')
  const answer = await fetch(resource, { method: 'POST' })
  equal(answer.status, 401)
  const challenge = answer.headers.get('www-authenticate') ?? ''
  match(challenge, /^Bearer resource_metadata="http/)
  detail(`401  WWW-Authenticate: ${challenge}`)
}

async function showLogin(resource: string): Promise<Person> {
  step('Ada connects with the official client, which finds the login by itself')
  const ada = new Person('Ada', new URL(resource))
  await ada.connect()
  equal(ada.granted.includes('notes:write'), false)
  detail(`she signed in and agreed to: ${ada.granted}`)
  detail(`the server offers: ${(await ada.toolNames()).join(', ')}`)
  const { notes } = await ada.call<NoteList>('list_notes')
  detail(`list_notes: ${notes.length === 0 ? 'she has no notes yet' : `${notes.length} from earlier`}`)
  const answer = await ada.call('read_note', { id: NO_NOTE }).catch((error: Error) => error.message)
  match(String(answer), /You have no note/)
  detail('read_note with an id that nobody has: the answer tells the model to list the notes first')
  return ada
}

async function showStepUp(ada: Person): Promise<string> {
  step('She writes a note, which her login does not allow: a refusal names what is missing')
  const { id } = await ada.call<{ id: string }>('create_note', { title: 'Groceries', text: 'Tea, bread, lemons' })
  const refusal = ada.refusals.at(-1)
  equal(refusal?.status, 403)
  match(refusal.challenge, /error="insufficient_scope"/)
  match(refusal.challenge, /scope="[^"]*notes:write/)
  detail(`403  WWW-Authenticate: ${refusal.challenge}`)
  step('Her client asked for the missing scope, she agreed, and the same call went through')
  ok(ada.granted.includes('notes:write'))
  detail(`she agreed to: ${ada.granted}`)
  const note = await ada.call<{ text: string }>('read_note', { id })
  equal(note.text, 'Tea, bread, lemons')
  detail(`read_note: "${note.text}"`)
  return id
}

async function showIsolation(resource: string, id: string): Promise<Person> {
  step('Grace signs in on the same server, and sees nothing of it')
  const grace = new Person('Grace', new URL(resource))
  await grace.connect()
  const { notes } = await grace.call<NoteList>('list_notes')
  ok(!notes.some((note) => note.id === id))
  detail(`list_notes: ${notes.length} notes`)
  const refusal = await grace.call('read_note', { id }).catch((error: Error) => error.message)
  match(String(refusal), /You have no note/)
  detail("read_note with the id of Ada's note: there is no such note for her")
  return grace
}

async function stayForPeople(resource: string, issuer: string): Promise<void> {
  done(`Everything above was checked, in ${seconds()}. The servers keep running: now log in with a client of yours.`)
  for (const line of pasteLines(resource)) console.log(`    ${line}`)
  console.log(`\n  ${dim(`The login page is at ${issuer}. Stop with Ctrl+C.`)}\n`)
  const interrupted = new Promise<void>((resolve) => {
    process.once('SIGINT', () => resolve())
    process.once('SIGTERM', () => resolve())
  })
  await Promise.race([interrupted, ...programs.map((program) => program.ended)])
}

function seconds(): string {
  return bold(`${((performance.now() - started) / 1000).toFixed(1)} s`)
}
