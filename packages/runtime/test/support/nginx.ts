import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { findProgram } from '../../../testing/src/find-program.js'
import { freePort } from '../../../testing/src/free-port.js'

/** The snippet of the documentation: what is tested is what people copy. */
const SNIPPET = new URL('../../../../docs/examples/deploy/nginx.conf', import.meta.url)

/** An nginx with TLS that exists for one test run. */
export interface TemporaryNginx {
  readonly port: number
  /** Its certificate, for whoever is to believe it. */
  readonly certificate: string
  stop(): Promise<void>
}

/** Starts nginx with the site of the documentation, in front of a port; nothing where nginx or openssl is not installed. */
export async function startNginx(upstream: number): Promise<TemporaryNginx | undefined> {
  const [nginx, openssl] = await Promise.all([findProgram('nginx'), findProgram('openssl')])
  if (nginx === undefined || openssl === undefined) return undefined
  const folder = await mkdtemp(join(tmpdir(), 'mcp-secure-nginx-'))
  const [key, pem, site, main] = ['key.pem', 'cert.pem', 'site.conf', 'nginx.conf'].map((name) =>
    join(folder, name),
  ) as [string, string, string, string]
  const host = 'forecast.example.com'
  const names = ['-subj', `/CN=${host}`, '-addext', `subjectAltName=DNS:${host}`]
  await promisify(execFile)(openssl, [
    'req',
    '-x509',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-days',
    '1',
    ...names,
    '-keyout',
    key,
    '-out',
    pem,
  ])
  const port = await freePort()
  await writeFile(site, siteFor(await readFile(SNIPPET, 'utf8'), { port, upstream, key, pem }))
  await writeFile(main, mainFor(folder, site))
  const server = spawn(nginx, ['-p', folder, '-c', main, '-e', 'stderr'], { stdio: ['ignore', 'ignore', 'pipe'] })
  const exited = once(server, 'exit')
  const said: string[] = []
  await new Promise<void>((resolve, reject) => {
    createInterface({ input: server.stderr }).on('line', (line) => {
      said.push(line)
      if (line.includes('start worker process ')) resolve()
    })
    exited.then(() => reject(new Error(`nginx ended before it was ready:\n${said.join('\n')}`)), reject)
  })
  return {
    port,
    certificate: await readFile(pem, 'utf8'),
    async stop() {
      server.kill('SIGTERM')
      await exited
      await rm(folder, { recursive: true, force: true })
    },
  }
}

interface Place {
  readonly port: number
  readonly upstream: number
  readonly key: string
  readonly pem: string
}

/** Only where things are is another than in the documentation. */
function siteFor(snippet: string, { port, upstream, key, pem }: Place): string {
  const places: readonly (readonly [string, string])[] = [
    ['listen 443 ssl;', `listen 127.0.0.1:${port} ssl;`],
    ['http://127.0.0.1:3000;', `http://127.0.0.1:${upstream};`],
    ['/etc/ssl/private/forecast.example.com.key', key],
    ['/etc/ssl/forecast.example.com.pem', pem],
  ]
  return places.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`the snippet of the documentation has no ${from}`)
    return text.replace(from, to)
  }, snippet)
}

function mainFor(folder: string, site: string): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `  ${name}_temp_path ${join(folder, name)};`,
  )
  return [
    'daemon off;',
    ...(process.getuid?.() === 0 ? ['user root;'] : []),
    `pid ${join(folder, 'nginx.pid')};`,
    'error_log stderr notice;',
    'events {}',
    'http {',
    '  access_log off;',
    ...temporary,
    `  include ${site};`,
    '}',
    '',
  ].join('\n')
}
