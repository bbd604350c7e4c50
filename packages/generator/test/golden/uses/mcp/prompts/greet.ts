import { definePrompt, roots } from '@mcp-secure/spec'

export default definePrompt({
  description: 'Greet the client',
  access: 'authenticated',
  uses: ['roots'],
  async run(_args, { ask }) {
    const { where } = await ask({ where: roots() })
    return where.map(({ uri }) => uri).join()
  },
})
