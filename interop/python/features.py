"""What the official Python client makes of the rest: resources, prompts, completion, elicitation, progress, subscriptions."""

import asyncio
import json
import os

from mcp import Client
from mcp.client.streamable_http import create_mcp_http_client, streamable_http_client
from mcp.types import ElicitResult, PromptReference

WATCHED = "test://watched-resource"
ARGUMENTS = {"arg1": "one", "arg2": "two"}


async def answer(context, params):
    return ElicitResult(action="accept", content={"username": params.message, "email": "ada@example.com"})


async def main():
    headers = {"Authorization": f"Bearer {os.environ['MCP_TOKEN']}"}
    async with create_mcp_http_client(headers=headers) as http:
        transport = streamable_http_client(os.environ["MCP_URL"], http_client=http)
        async with Client(transport, elicitation_callback=answer) as client:
            assert (await client.list_resources()).resources
            read = await client.read_resource("test://template/7/data")
            assert json.loads(read.contents[0].text)["id"] == "7", read
            print("resources: listed, and one of a template read")

            assert (await client.list_prompts()).prompts
            got = await client.get_prompt("test_prompt_with_arguments", ARGUMENTS)
            assert got.messages[0].content.text == "Prompt with arguments: arg1='one', arg2='two'", got
            print("prompts: listed, and one got")

            ref = PromptReference(name="test_prompt_with_arguments")
            suggested = await client.complete(ref, {"name": "arg1", "value": "testi"})
            assert suggested.completion.values == ["testing"], suggested
            print("completion: of an argument")

            asked = await client.call_tool("test_elicitation", {"message": "Ada"})
            assert '"username":"Ada"' in asked.content[0].text, asked
            print("elicitation: asked by a tool, and answered")

            steps = []

            async def note(progress, total, message):
                steps.append(progress)

            await client.call_tool("test_tool_with_progress", {}, progress_callback=note)
            assert steps == [0, 50, 100], steps
            print("progress: told while a tool runs")

            async with client.listen(resource_subscriptions=[WATCHED], tools_list_changed=True) as subscription:
                await client.call_tool("test_trigger_resource_change", {})
                await client.call_tool("test_trigger_tool_change", {})
                told = {type(await anext(subscription)).__name__ for _ in range(2)}
                assert told == {"ResourceUpdated", "ToolsListChanged"}, told
            print(f"subscriptions: told of what changed, in {client.protocol_version}")


asyncio.run(main())
