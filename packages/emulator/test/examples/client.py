import json, os, urllib.request

def call(method, path, body=None, token="any"):
    request = urllib.request.Request(
        os.environ["EMULATOR"] + path,
        method=method,
        data=None if body is None else json.dumps(body).encode(),
        headers={"Authorization": f"Bearer {token}", "Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request) as response:
        return json.load(response)

number = call("GET", "/_emulator")["phoneNumberId"]
call("POST", "/_emulator/contacts/393331234567/messages", {"type": "text", "text": "ciao"})
call("POST", f"/v23.0/{number}/messages", {
    "messaging_product": "whatsapp",
    "to": "393331234567",
    "type": "text",
    "text": {"body": "Hello from Python"},
})
history = call("GET", "/_emulator/contacts/393331234567/history")
print([bubble["text"] for bubble in history["bubbles"][-2:]])
