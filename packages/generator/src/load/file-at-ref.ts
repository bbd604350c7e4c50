import { execFile } from 'node:child_process'

/** The text of a file of a commit, or in one sentence why there is none. */
export type FileAtRef = { readonly text: string } | { readonly problem: string }

/**
 * Reads a file of the project as a commit of its repository has it. The path is
 * relative to the project wherever that lies in the repository, with `/`. git is
 * started without a shell, and only ever given the hash that the ref stands for.
 */
export async function readFileAtRef(projectDirectory: string, ref: string, path: string): Promise<FileAtRef> {
  if (ref === '' || ref.startsWith('-')) return { problem: `${JSON.stringify(ref)} is no commit, branch or tag` }
  const inside = await git(projectDirectory, 'rev-parse', '--is-inside-work-tree')
  if (inside.code === 'ENOENT') return { problem: 'git is not installed, and only it knows what was before' }
  if (inside.code !== 0) {
    const cure = `Run it in a clone of the project, or begin one: git init, and commit ${path}`
    return { problem: `This is no repository of git, or one that it does not open${said(inside)}. ${cure}.` }
  }
  const commit = await git(projectDirectory, 'rev-parse', '--verify', '--quiet', `${ref}^{commit}`)
  if (commit.code !== 0) {
    const hint = 'If it is on a server, fetch it first; a clone of CI often holds the last commit alone.'
    return { problem: `There is no commit, branch or tag ${JSON.stringify(ref)} here. ${hint}` }
  }
  const file = await git(projectDirectory, 'show', '--no-textconv', `${commit.out.trim()}:./${path}`)
  if (file.code === 0) return { text: file.out }
  return { problem: `${ref} has no ${path} of this project, so there is nothing to compare with.` }
}

interface Ran {
  /** The exit code, or that of the system where git could not be started. */
  readonly code: number | string
  readonly out: string
  readonly err: string
}

const LARGEST = 64 * 1024 * 1024

function git(cwd: string, ...args: readonly string[]): Promise<Ran> {
  return new Promise((done) => {
    const options = {
      cwd,
      maxBuffer: LARGEST,
      windowsHide: true,
      env: { ...process.env, GIT_PAGER: 'cat', LC_ALL: 'C' },
    }
    execFile('git', args, options, (error, out, err) => {
      done({ code: error === null ? 0 : (error.code ?? 1), out, err })
    })
  })
}

/** The first line of what git says, such as that a folder belongs to somebody else. */
function said({ err }: Ran): string {
  const [line = ''] = err.trim().split('\n', 1)
  return line === '' ? '' : `: ${line.replace(/^fatal: /, '')}`
}
