"""The official Python client through the whole flow. Arguments: a Node, and the script that logs in."""

import asyncio
import os
import subprocess
import sys
import time
from urllib.parse import parse_qs, urlsplit

from mcp import Client
from mcp.client.auth import AuthorizationCodeResult, OAuthClientProvider
from mcp.client.streamable_http import create_mcp_http_client, streamable_http_client
from mcp.shared.auth import OAuthClientMetadata

URL = os.environ["MCP_URL"]
NODE, LOG_IN = sys.argv[1:3]


class Memory:
    """Keeps the tokens and the registration of one run."""

    tokens = None
    client = None

    async def get_tokens(self):
        return self.tokens

    async def set_tokens(self, tokens):
        self.tokens = tokens

    async def get_client_info(self):
        return self.client

    async def set_client_info(self, client):
        self.client = client


class Person:
    """Logs in and agrees, without a browser."""

    logins = 0
    led_to = ""

    async def open(self, url):
        self.logins += 1
        done = subprocess.run([NODE, LOG_IN, url, "ada"], capture_output=True, text=True, check=True)
        self.led_to = done.stdout.strip()

    async def come_back(self):
        query = parse_qs(urlsplit(self.led_to).query)
        return AuthorizationCodeResult(
            code=query["code"][0], state=query.get("state", [None])[0], iss=query.get("iss", [None])[0]
        )


async def main():
    memory, person, refusals = Memory(), Person(), []
    provider = OAuthClientProvider(
        server_url=URL,
        client_metadata=OAuthClientMetadata(
            client_name="Python",
            redirect_uris=["http://127.0.0.1:53682/callback"],
            grant_types=["authorization_code", "refresh_token"],
            response_types=["code"],
            token_endpoint_auth_method="none",
        ),
        storage=memory,
        redirect_handler=person.open,
        callback_handler=person.come_back,
    )

    async def note(response):
        if "www-authenticate" in response.headers:
            refusals.append(response.status_code)

    async with create_mcp_http_client(auth=provider) as http:
        http.event_hooks["response"].append(note)
        async with Client(streamable_http_client(URL, http_client=http)) as client:
            assert memory.client is not None and memory.client.client_id
            assert memory.tokens.scope == "notes:read", memory.tokens.scope
            assert refusals == [401], refusals
            print("discovery, registration and login, for what the challenge asks for")

            listed = await client.call_tool("list_notes", {})
            assert isinstance(listed.structured_content["notes"], list), listed
            print(f"call, in {client.protocol_version}")

            created = await client.call_tool("create_note", {"title": "Interop", "text": "Python"})
            assert created.structured_content["id"], created
            assert refusals == [401, 403], refusals
            assert person.logins == 2 and set(memory.tokens.scope.split()) == {"notes:read", "notes:write"}
            print("step-up: 403, consent to more, the call again")

            before = memory.tokens.access_token
            provider.context.token_expiry_time = time.time() - 1
            again = await client.call_tool("list_notes", {})
            assert not again.is_error and person.logins == 2 and memory.tokens.access_token != before
            print("refresh: a new token without a login")


asyncio.run(main())
