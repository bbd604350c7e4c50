import { defineServices } from '@mcp-secure/spec'
import { HttpApi } from '../library/http-api.js'
import { Library } from '../library/library.js'

export default defineServices({
  async open() {
    const { baseUrl, key, close } = await whereTheApiIs(process.env)
    return { library: new Library(new HttpApi({ baseUrl, key })), close }
  },
  async close({ close }) {
    await close()
  },
})

interface Place {
  readonly baseUrl: string
  readonly key: string
  close(): Promise<void>
}

/** The API that `API_URL` and `API_KEY` name; in development without them, one that is made up. */
async function whereTheApiIs({ API_URL, API_KEY, NODE_ENV }: NodeJS.ProcessEnv): Promise<Place> {
  if (API_URL && API_KEY) return { baseUrl: API_URL, key: API_KEY, close: async () => {} }
  if (API_URL || API_KEY || (NODE_ENV !== 'development' && NODE_ENV !== 'test')) {
    throw new Error('Set both API_URL, the address of the API, and API_KEY, what this server identifies itself with.')
  }
  const { startFakeApi } = await import('../development/fake-api.js')
  return startFakeApi()
}
