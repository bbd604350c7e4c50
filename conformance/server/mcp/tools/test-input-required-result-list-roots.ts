import { defineTool, roots } from '@mcp-secure/spec'

export default defineTool({
  description: 'Asks for the folders of the client',
  scopes: ['fixture:use'],
  uses: ['roots'],
  async run(_input, { ask }) {
    const { client_roots } = await ask({ client_roots: roots() })
    return client_roots.map(({ uri }) => uri).join(', ')
  },
})
