import { runProgram } from './run-program.js'

type Environment = Readonly<Record<string, string | undefined>>

/** Why there is no new repository, or nothing when there is one. */
export type GitStart = 'started' | 'no git' | 'inside a repository' | 'failed'

/** Makes a directory a repository, unless it lies in one. */
export async function startRepository(directory: string, env: Environment): Promise<GitStart> {
  const { code } = await git(['rev-parse', '--is-inside-work-tree'], directory, env)
  if (code === 0) return 'inside a repository'
  if (code === undefined) return 'no git'
  return (await git(['init', '--quiet'], directory, env)).code === 0 ? 'started' : 'failed'
}

/** Commits everything, if git knows whose commit it would be. */
export async function firstCommit(directory: string, env: Environment): Promise<boolean> {
  for (const setting of ['user.name', 'user.email']) {
    const { code, output } = await git(['config', setting], directory, env)
    if (code !== 0 || output.trim() === '') return false
  }
  if ((await git(['add', '--all'], directory, env)).code !== 0) return false
  // Signing could ask for a passphrase, and nobody would see the question.
  const message = ['--message', 'Start with create-mcp-secure']
  return (await git(['commit', '--quiet', '--no-gpg-sign', ...message], directory, env)).code === 0
}

function git(args: readonly string[], cwd: string, env: Environment): ReturnType<typeof runProgram> {
  // Set while git itself runs something, such as a hook: they would lead away from this directory.
  const { GIT_DIR: _dir, GIT_WORK_TREE: _tree, GIT_INDEX_FILE: _index, ...rest } = env
  return runProgram({ command: 'git', args, cwd, env: rest })
}
