// A registry on this computer: it has our packages, and gets other people's where npm here gets them.
import { fork, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { run } from './programs.mjs'

/** Starts it on a free port; it keeps everything in a folder. */
export async function startRegistry(folder, upstream) {
  const child = fork(join(import.meta.dirname, 'verdaccio-process.mjs'), [folder, upstream], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const ended = once(child, 'exit')
  const port = await Promise.race([
    once(child, 'message').then(([message]) => message.port),
    ended.then(([code]) => Promise.reject(new Error(`the registry ended with ${code}`))),
  ])
  return {
    url: `http://127.0.0.1:${port}/`,
    async stop() {
      child.kill()
      await ended
    },
  }
}

/** The registry that npm is configured with here. */
export function configuredRegistry(npm) {
  const { stdout, status } = spawnSync(npm.command, [...npm.before, 'config', 'get', 'registry'], {
    encoding: 'utf8',
    shell: npm.shell,
  })
  const url = stdout.trim()
  if (status !== 0 || !URL.canParse(url)) throw new Error('npm does not say which registry it is configured with')
  return url
}

/** Publishes every tarball of a folder. */
export async function publishAll(tarballs, npm, { cwd, env, url }) {
  // The registry takes packages from anybody; npm wants to have a token all the same.
  const token = `--${url.replace('http:', '')}:_authToken=nobody`
  for (const name of (await readdir(tarballs)).filter((file) => file.endsWith('.tgz'))) {
    const args = ['publish', join(tarballs, name), '--registry', url, '--access', 'public', token]
    await run(npm.command, [...npm.before, ...args], { cwd, env })
  }
}
