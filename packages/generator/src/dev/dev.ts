import { type FSWatcher, watch as watchDirectory } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import type { ServerModel } from '../model/server-model.js'
import { type Addresses, AddressProblem, type AddressRequest, addressKey, decideAddresses } from './addresses.js'
import { type AuthorizationServer, createAuthorizationServer } from './authorization-server.js'
import { type Compiler, startCompiler } from './compiler.js'
import type { FromCompiler, Generation } from './compiler-messages.js'
import type { ConsoleBuild } from './console-messages.js'
import { type ConsoleProgram, startConsole } from './console-program.js'
import { consoleState, findingOf, identityOf } from './console-state.js'
import type { DevEvent, Tell } from './dev-event.js'
import { warmUpModule } from './dev-folder.js'
import { ENVIRONMENT_FILE, projectEnvironment } from './environment.js'
import { failureFinding } from './failure-finding.js'
import { newsOfIssuers } from './news-of-issuers.js'
import { createServers, type Servers } from './servers.js'
import { type Claim, claimProject } from './single-instance.js'
import { createTypeChecker, type TypeChecker } from './type-check.js'

export interface DevOptions {
  /** Absolute path of the folder that holds `mcp/`. */
  readonly directory: string
  /** The port of the MCP server; null: where the spec says. */
  readonly port: number | null
  /** The real environment. */
  readonly environment: NodeJS.ProcessEnv
  /** Ends everything. */
  readonly signal: AbortSignal
  readonly tell: Tell
}

/**
 * Runs a project while it is written: its MCP server, always as the last good
 * build has it, its authorization server, its console, and one front that stands
 * at the resource's address all the while. Resolves when the signal aborts and
 * everything has ended: with null, or with why it could not run.
 */
export async function dev(options: DevOptions): Promise<string | null> {
  const environment = projectEnvironment(options.directory, options.environment)
  if ('problem' in environment) return environment.problem
  const claim = await claimProject(options.directory)
  if ('running' in claim) {
    const { pid, url } = claim.running
    return `mcp-gen dev runs already for this project${pid === 0 ? '' : ` (process ${pid})`}${url ? `: ${url}` : '.'}`
  }
  const session = new Session(options, environment.variables, claim)
  try {
    return await session.run()
  } finally {
    await session.close()
    await claim.release()
  }
}

type BuiltMessage = Extract<FromCompiler, { type: 'built' }>

class Session {
  readonly #options: DevOptions
  readonly #claim: Claim
  readonly #tell: Tell
  /** What the MCP servers say, one after the other. */
  readonly #serverTell: Tell
  readonly #checker: TypeChecker | null
  readonly #console: ConsoleProgram | null
  #environment: NodeJS.ProcessEnv
  /** What the programs get: the environment, and the addresses. */
  #variables: NodeJS.ProcessEnv
  #compiler: Compiler | null = null
  #watcher: FSWatcher | null = null
  #addresses: (Addresses & { readonly key: string }) | null = null
  #servers: Servers | null = null
  #authorization: AuthorizationServer | null = null
  #consolePort: number | null = null
  #built: { readonly generation: Generation; readonly model: ServerModel } | null = null
  #build: ConsoleBuild = { status: 'building', milliseconds: 0, findings: [] }
  #typeFindings: ConsoleBuild['findings'] = []
  #began = performance.now()
  #waiting: BuiltMessage | null = null
  #working: Promise<void> | null = null
  #isReady = false
  #newest = 0
  #kept: readonly number[] = []
  #finish: (problem: string | null) => void = () => undefined
  #fail: (bug: unknown) => void = () => undefined

  constructor(options: DevOptions, environment: NodeJS.ProcessEnv, claim: Claim) {
    const { directory } = options
    this.#options = options
    this.#claim = claim
    this.#environment = environment
    this.#variables = environment
    this.#console = startConsole({
      directory,
      environment,
      tell: options.tell,
      onPort: (port) => {
        this.#consolePort = port
        this.#addresses?.front.setConsole(port)
      },
    })
    this.#checker = createTypeChecker({
      directory,
      environment,
      onFindings: (findings) => this.#typesChecked(findings),
    })
    this.#tell = (event: DevEvent) => {
      options.tell(event)
      if (event.event !== 'request') return
      const { event: _event, ...decision } = event
      this.#console?.decided(decision)
    }
    this.#serverTell = newsOfIssuers(this.#tell)
  }

  run(): Promise<string | null> {
    const { signal } = this.#options
    return new Promise((resolve, reject) => {
      this.#finish = resolve
      this.#fail = reject
      if (signal.aborted) return resolve(null)
      signal.addEventListener('abort', () => resolve(null), { once: true })
      this.#startCompiler()
      this.#watchEnvironment()
    })
  }

  async close(): Promise<void> {
    this.#finish = () => undefined
    this.#waiting = null
    this.#watcher?.close()
    this.#checker?.close()
    await Promise.all([this.#compiler?.close(), this.#console?.close(), this.#closeServers()])
    await this.#working
    // What was under way may have started something.
    await this.#closeServers()
  }

  async #closeServers(): Promise<void> {
    const addresses = this.#addresses
    await Promise.all([this.#servers?.close(), this.#authorization?.close()])
    this.#servers = null
    this.#authorization = null
    this.#addresses = null
    await addresses?.front.close()
  }

  #startCompiler(): void {
    this.#compiler = startCompiler({
      directory: this.#options.directory,
      environment: this.#environment,
      newest: this.#newest,
      onMessage: (message) => this.#heard(message),
      onEnd: () => this.#fail(new Error('the compiler ended by itself; what it printed stands above')),
    })
  }

  #heard(message: FromCompiler): void {
    if (message.type === 'building') {
      this.#began = performance.now()
      this.#setBuild({ ...this.#build, status: 'building' })
      return
    }
    this.#waiting = message
    this.#working ??= this.#work()
      .catch((error: unknown) => this.#fail(error))
      .finally(() => {
        this.#working = null
      })
  }

  /** One build after the other; of those that wait, the newest. */
  async #work(): Promise<void> {
    for (let next = this.#waiting; next !== null; next = this.#waiting) {
      this.#waiting = null
      try {
        await this.#take(next)
      } catch (error) {
        if (!(error instanceof AddressProblem)) throw error
        if (!this.#isReady) return this.#finish(sentence(error.message))
        this.#tell({ event: 'notice', level: 'error', message: sentence(error.message) })
      }
    }
  }

  async #take({ built, diagnostics, milliseconds }: BuiltMessage): Promise<void> {
    const began = this.#began
    const findings = diagnostics.map(findingOf)
    if (built === null) return this.#told({ status: 'failed', milliseconds, findings }, [])
    this.#newest = built.generation.number
    const model = built.model ?? this.#built?.model
    if (model === undefined) throw new TypeError('the compiler did not say what it built')
    await this.#settleAddresses(model)
    const isNew = this.#servers?.last()?.number !== built.generation.number
    const isRepaired = this.#build.status !== 'live' && this.#build.findings.length > 0
    const login = this.#showAuthorizationServer(built.generation, model)
    const [problem] = await Promise.all([isNew ? this.#servers?.show(built.generation, login) : null, login])
    if (problem === 'everything ends') return
    this.#built = { generation: built.generation, model }
    const took = Math.round(performance.now() - began)
    const failure = problem ? [failureFinding(problem, this.#options.directory)] : []
    const status = failure.length > 0 ? 'failed' : 'live'
    this.#announce(model)
    if (isNew || isRepaired || findings.length > 0) {
      this.#told({ status, milliseconds: took, findings: [...findings, ...failure] }, built.changed)
    } else this.#setBuild({ status, milliseconds: took, findings })
    // The one before may still be answering what it took.
    const kept = [this.#servers?.last()?.number, this.#kept[0]].filter((number) => number !== undefined)
    this.#compiler?.keep(kept)
    this.#kept = kept
    this.#checker?.check()
  }

  /** Opens the front the first time, and again when the spec or the environment says another address. */
  async #settleAddresses(model: ServerModel): Promise<void> {
    const request: AddressRequest = { model, environment: this.#environment, port: this.#options.port }
    const key = addressKey(request)
    if (this.#addresses?.key === key) return
    const isMove = this.#addresses !== null
    await this.#closeServers()
    const addresses = await decideAddresses(request)
    const { directory } = this.#options
    this.#addresses = { ...addresses, key }
    this.#variables = { ...this.#environment, ...addresses.variables }
    addresses.front.setConsole(this.#consolePort)
    addresses.front.hold()
    const environment = () => this.#variables
    if (addresses.embedded) {
      this.#authorization = createAuthorizationServer({ directory, environment, tell: this.#tell })
    }
    this.#servers = createServers({
      directory,
      warmUp: warmUpModule(directory),
      front: addresses.front,
      environment,
      tell: this.#serverTell,
    })
    if (isMove) this.#isReady = false
  }

  async #showAuthorizationServer(generation: Generation, model: ServerModel): Promise<void> {
    const settings = Object.entries(this.#variables).filter(([name]) => name.startsWith('MCP_'))
    const key = JSON.stringify([identityOf(model), model.scopes.map(({ place: _place, ...scope }) => scope), settings])
    const problem = await this.#authorization?.show(generation, key)
    if (!problem) return
    this.#tell({ event: 'notice', level: 'error', message: `The authorization server does not start.\n${problem}` })
  }

  #announce(model: ServerModel): void {
    if (this.#isReady || this.#addresses === null) return
    this.#isReady = true
    const { resource, issuer, embedded, consoleUrl, notes } = this.#addresses
    for (const note of notes) this.#tell({ event: 'notice', level: 'warn', message: sentence(note) })
    this.#claim.setUrl(consoleUrl)
    const { name, title } = identityOf(model)
    const page = this.#console === null ? null : consoleUrl
    this.#tell({ event: 'ready', name: title ?? name, id: name, resource, console: page, issuer, embedded })
  }

  #told(build: ConsoleBuild, changed: readonly string[]): void {
    this.#tell({ event: 'build', changed, ...build })
    this.#setBuild(build)
  }

  #typesChecked(findings: ConsoleBuild['findings']): void {
    if (isDeepStrictEqual(findings, this.#typeFindings)) return
    this.#typeFindings = findings
    this.#tell({ event: 'types', findings })
    this.#setBuild(this.#build)
  }

  #setBuild(build: ConsoleBuild): void {
    this.#build = build
    if (this.#built === null || this.#addresses === null) return
    const { resource, issuer, embedded } = this.#addresses
    const { directory } = this.#options
    this.#console?.show(
      consoleState({
        model: this.#built.model,
        resource,
        issuer,
        embedded,
        directory,
        build: { ...build, findings: [...build.findings, ...this.#typeFindings] },
      }),
    )
  }

  #watchEnvironment(): void {
    const { directory } = this.#options
    try {
      this.#watcher = watchDirectory(directory, (_event, name) => {
        if (name === ENVIRONMENT_FILE) void this.#environmentChanged()
      })
      this.#watcher.on('error', () => undefined)
    } catch {
      // Without the folder there is nothing to build either, and the compiler says so.
    }
  }

  async #environmentChanged(): Promise<void> {
    const { directory, environment: real } = this.#options
    const environment = projectEnvironment(directory, real)
    if ('problem' in environment) {
      this.#tell({ event: 'notice', level: 'error', message: environment.problem })
      return
    }
    if (isDeepStrictEqual(environment.variables, this.#environment)) return
    this.#environment = environment.variables
    this.#variables = { ...environment.variables, ...this.#addresses?.variables }
    this.#tell({
      event: 'notice',
      level: 'info',
      message: `${ENVIRONMENT_FILE} changed: everything starts again with it.`,
    })
    // What was read from the environment when a module was loaded is read again.
    const compiler = this.#compiler
    this.#compiler = null
    await compiler?.close()
    if (this.#compiler === null && !this.#options.signal.aborted) this.#startCompiler()
  }
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`
}
