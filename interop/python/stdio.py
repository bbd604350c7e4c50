"""The official Python client over stdio. Arguments: a Node, and the program that it starts."""

import asyncio
import os
import sys

from mcp import Client, MCPError
from mcp.client.stdio import StdioServerParameters, stdio_client

NODE, PROGRAM = sys.argv[1:3]


async def main():
    server = StdioServerParameters(
        command=NODE,
        args=[PROGRAM],
        env={
            "PATH": os.environ.get("PATH", ""),
            "MCP_STDIO_SUBJECT": "ada",
            "MCP_STDIO_SCOPES": "notes:read",
            "NOTES_DATA": os.environ["STDIO_NOTES_DATA"],
        },
    )
    with open(os.devnull, "w") as log:
        async with Client(stdio_client(server, errlog=log)) as client:
            listed = await client.list_tools()
            assert len(listed.tools) == 4, listed
            print(f"start and list, without a login, in {client.protocol_version}")

            notes = await client.call_tool("list_notes", {})
            assert isinstance(notes.structured_content["notes"], list), notes
            print("call")

            try:
                await client.call_tool("create_note", {"title": "Interop", "text": "Python"})
            except MCPError as refused:
                assert refused.error.code == 403, refused.error
                print("a call without its scope is refused")
            else:
                raise AssertionError("it was not refused")


asyncio.run(main())
