// The registry's own process: `node verdaccio-process.mjs FOLDER UPSTREAM`. Sends the port that it listens on.
import { join } from 'node:path'
import { runServer } from 'verdaccio'

const [folder, upstream] = process.argv.slice(2)

const ours = { access: '$all', publish: '$all' }
const server = await runServer({
  self_path: folder,
  configPath: join(folder, 'config.yaml'),
  storage: join(folder, 'storage'),
  web: { enable: false },
  auth: { htpasswd: { file: join(folder, 'htpasswd'), max_users: -1 } },
  uplinks: { upstream: { url: upstream, timeout: '30s', max_fails: 5, fail_timeout: '1s' } },
  packages: {
    '@mcp-secure/*': ours,
    'mcp-gen': ours,
    'create-mcp-secure': ours,
    '**': { access: '$all', proxy: 'upstream' },
  },
  max_body_size: '100mb',
  log: { type: 'stdout', format: 'pretty', level: 'error' },
})
server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }))
// Whoever started it is gone.
process.on('disconnect', () => process.exit(0))
