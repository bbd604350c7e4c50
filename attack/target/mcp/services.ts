import { defineServices } from '@mcp-secure/spec'
import { Witness } from '../witness.js'

export default defineServices({
  open: () => ({ witness: new Witness() }),
})
