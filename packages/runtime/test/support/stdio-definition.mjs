// What `server.gen.ts` exports, of a project whose code prints wherever it can.

import ownConsole from 'node:console'
import { writeSync } from 'node:fs'
import { pino } from 'pino'

console.log('printed while the project is loaded')
process.stdout.write('written while the project is loaded\n')

const noInput = { schema: { type: 'object', properties: {}, additionalProperties: false }, wrapped: null }
const description = (text) => ({ description: text, input: noInput, output: null })
const logger = pino()

export const definition = {
  policy: {
    server: { name: 'talkative', version: '1.0.0' },
    resource: { env: 'MCP_RESOURCE' },
    issuers: [{ issuer: { env: 'MCP_AUTH_ISSUER' }, tokens: { form: 'jwt', typ: 'at+jwt' } }],
    scopes: {
      'notes:read': { description: 'Read notes', baseline: true, implies: [] },
      'notes:write': { description: 'Write notes', baseline: false, implies: ['notes:read'] },
    },
    tools: {
      talk: { access: 'scopes', scopes: ['notes:read'] },
      write: { access: 'scopes', scopes: ['notes:write'] },
      environment: { access: 'authenticated' },
      hang: { access: 'authenticated' },
      fall: { access: 'authenticated' },
    },
  },
  schemas: {
    talk: description('Prints'),
    write: description('Writes'),
    environment: description('Says how the process is'),
    hang: description('Never ends'),
    fall: description('Rejects nowhere in particular'),
  },
  tools: {
    talk: {
      run() {
        console.log('printed by a handler')
        console.info({ printed: 'by a handler' })
        ownConsole.dir({ printed: 'by a handler' })
        process.stdout.write('written by a handler\n')
        logger.info('logged by a handler')
        writeSync(2, 'an error\n')
        return 'talked'
      },
    },
    write: { run: () => 'written' },
    environment: {
      run: () => JSON.stringify({ handles: process.getActiveResourcesInfo(), pid: process.pid }),
    },
    hang: { run: () => new Promise(() => {}) },
    fall: {
      run() {
        throw new Error('password=hunter2')
      },
    },
  },
  services: {
    open() {
      console.log('printed by a service')
      return {}
    },
    close() {
      console.error('the services were closed')
    },
  },
}
