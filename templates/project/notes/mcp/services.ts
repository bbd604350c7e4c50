import { defineServices } from '@mcp-secure/spec'
import { openDatabase } from '../store/database.js'
import { NoteStore } from '../store/notes.js'

export default defineServices({
  async open() {
    const database = await openDatabase(process.env)
    return { database, notes: await NoteStore.open(database) }
  },
  async close({ database }) {
    await database.close()
  },
})
