import { type FSWatcher, readdirSync, statSync, watch as watchDirectory } from 'node:fs'
import { join, posix, resolve } from 'node:path'
import { type BuildOptions, type BuildResult, createBuilder } from './build.js'
import { LOCK_FILE } from './lock/access-lock.js'

export interface WatchOptions extends BuildOptions {
  /** Called when a build begins. */
  onBegin?(): void
  /** Called after each build; watching goes on when it has returned. */
  onBuild(result: BuildResult, milliseconds: number): void
  /** Ends the watching. */
  readonly signal: AbortSignal
}

/** Editors write a file in several steps: events this close together are one change. */
const SETTLE_MILLISECONDS = 25

/**
 * Builds, and builds again whenever something under `mcp/` or a file that it
 * imports changes, until the signal aborts. One build runs at a time; what
 * happens meanwhile joins into one more. Its own output is not watched.
 */
export async function watch(options: WatchOptions): Promise<void> {
  const directory = resolve(options.project)
  const builder = createBuilder(options)
  const changes = createChanges(options.signal)
  const watchers = createWatchers(directory, changes.notify)
  // A module that blocks would hold the end back for as long as it may take to load.
  options.signal.addEventListener('abort', () => builder.close())
  try {
    while (!options.signal.aborted) {
      options.onBegin?.()
      const started = performance.now()
      const startedAt = Date.now()
      // Watched before they are read, so that no change falls between.
      watchers.update([])
      const result = await builder.build().catch((error: unknown) => changes.isPending() || raise(error))
      // A file vanished while it was read: what took it away was noticed, and the next build sees it.
      if (result === true) continue
      if (options.signal.aborted) break
      const grew = watchers.update([...result.sources, ...result.missingSources])
      options.onBuild(result, performance.now() - started)
      // A folder that was not watched yet may have changed while it was read.
      if (!(grew && changedSince(directory, result.sources, startedAt))) await changes.next()
    }
  } finally {
    watchers.close()
    builder.close()
  }
}

function changedSince(directory: string, sources: readonly string[], time: number): boolean {
  return sources.some((path) => {
    const stats = statSync(join(directory, ...path.split('/')), { throwIfNoEntry: false })
    return stats === undefined || stats.mtimeMs >= time
  })
}

function raise(error: unknown): never {
  throw error
}

interface Changes {
  notify(): void
  /** Whether something changed since the last call of `next`. */
  isPending(): boolean
  /** Resolves when something changed since the last call and then stayed quiet for a moment. */
  next(): Promise<void>
}

function createChanges(signal: AbortSignal): Changes {
  let changed = false
  let wake = (): void => undefined
  signal.addEventListener('abort', () => wake())
  const sleep = (milliseconds?: number) =>
    new Promise<void>((resolve) => {
      const timer = milliseconds === undefined ? undefined : setTimeout(resolve, milliseconds)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  return {
    notify() {
      changed = true
      wake()
    },
    isPending: () => changed,
    async next() {
      while (!changed && !signal.aborted) await sleep()
      while (changed && !signal.aborted) {
        changed = false
        await sleep(SETTLE_MILLISECONDS)
      }
    },
  }
}

interface Watchers {
  /** Watches the folders of these sources besides `mcp/`; true if one of them is new. */
  update(sources: readonly string[]): boolean
  close(): void
}

/**
 * One watcher a folder: recursive watching loses files that an editor replaces
 * on Linux, and a watcher of a single file loses it everywhere.
 */
function createWatchers(directory: string, notify: () => void): Watchers {
  const open = new Map<string, FSWatcher>()
  let watched: ReadonlySet<string> = new Set()

  function start(folder: string): boolean {
    if (open.has(folder)) return false
    try {
      const watcher = watchDirectory(join(directory, ...folder.split('/')), (_event, name) => {
        if (isRelevant(folder, name, watched)) notify()
      })
      watcher.on('error', () => stop(folder))
      open.set(folder, watcher)
      return true
    } catch {
      // Not there yet, or gone again: its parent tells when it comes.
      return false
    }
  }

  function stop(folder: string): void {
    open.get(folder)?.close()
    open.delete(folder)
  }

  return {
    update(sources) {
      if (sources.length > 0) watched = new Set(sources)
      const folders = new Set(['.', ...foldersUnder(directory, 'mcp'), ...[...watched].map(folderOf)])
      for (const folder of open.keys()) if (!folders.has(folder)) stop(folder)
      return [...folders].map(start).includes(true) && sources.length > 0
    },
    close() {
      for (const folder of [...open.keys()]) stop(folder)
    },
  }
}

/** In the folder of the project. The lock is read by a watched build, and never written by it. */
const DECIDING = ['mcp', 'tsconfig.json', LOCK_FILE]

/** Everything under mcp/ matters; elsewhere only what is imported, and what decides how. */
function isRelevant(folder: string, name: string | null, watched: ReadonlySet<string>): boolean {
  if (folder === 'mcp' || folder.startsWith('mcp/') || name === null) return true
  if (folder === '.' && DECIDING.includes(name)) return true
  return watched.has(folder === '.' ? name : `${folder}/${name}`)
}

function folderOf(path: string): string {
  return posix.dirname(path)
}

function foldersUnder(directory: string, folder: string): readonly string[] {
  try {
    const entries = readdirSync(join(directory, ...folder.split('/')), { withFileTypes: true })
    const inner = entries.filter((entry) => entry.isDirectory()).map(({ name }) => `${folder}/${name}`)
    return [folder, ...inner.flatMap((path) => foldersUnder(directory, path))]
  } catch {
    return []
  }
}
