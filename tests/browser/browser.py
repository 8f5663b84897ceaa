"""A headless Chromium, driven over the WebDriver protocol with the standard library alone.

Needs `chromium` and `chromedriver` (Debian: chromium, chromium-driver); CHROMIUM and CHROMEDRIVER name others.
"""

import base64
import contextlib
import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.request

KEYS = {"Escape": "\ue00c", "Enter": "\ue007", "Tab": "\ue004", "Shift": "\ue008"}


class Browser:
    """One browser session; `with Browser() as browser:`."""

    def __init__(self, width=1280, height=900, dark=False, storage=True):
        self.profile = tempfile.mkdtemp(prefix="secref-chromium-")
        self.downloads = os.path.join(self.profile, "downloads")
        os.mkdir(self.downloads)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        driver = os.environ.get("CHROMEDRIVER", "chromedriver")
        self.driver = subprocess.Popen(
            [driver, f"--port={port}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        self.base = f"http://127.0.0.1:{port}"
        self._wait_for_driver()
        arguments = [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--lang=ja",
            f"--user-data-dir={self.profile}/profile", f"--window-size={width},{height}", "--hide-scrollbars",
        ]
        if dark:
            arguments.append("--force-dark-mode")
        preferences = {"download.default_directory": self.downloads, "download.prompt_for_download": False}
        if not storage:
            preferences["profile.default_content_setting_values.cookies"] = 2
        options = {"args": arguments, "prefs": preferences, "perfLoggingPrefs": {"enableNetwork": True}}
        binary = os.environ.get("CHROMIUM") or shutil.which("chromium")
        if binary:
            options["binary"] = binary
        capabilities = {
            "browserName": "chrome",
            "goog:chromeOptions": options,
            "goog:loggingPrefs": {"performance": "ALL", "browser": "ALL"},
            "unhandledPromptBehavior": "accept",
        }
        answer = self._send("POST", "/session", {"capabilities": {"alwaysMatch": capabilities}})
        self.session = "/session/" + answer["sessionId"]

    def _wait_for_driver(self):
        for _ in range(100):
            with contextlib.suppress(OSError):
                self._send("GET", "/status")
                return
            time.sleep(0.1)
        raise RuntimeError("chromedriver does not answer")

    def _send(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(
            self.base + path, data, {"Content-Type": "application/json"}, method=method
        )
        try:
            with urllib.request.urlopen(request, timeout=120) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            value = json.load(error)["value"]
            raise RuntimeError(f"{value['error']}: {value['message']}") from None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        with contextlib.suppress(Exception):
            self._send("DELETE", self.session)
        self.driver.terminate()
        self.driver.wait()
        shutil.rmtree(self.profile, ignore_errors=True)

    def open(self, path, anchor=""):
        self._send("POST", self.session + "/url", {"url": f"file://{os.path.abspath(path)}{anchor}"})

    def reload(self):
        self._send("POST", self.session + "/refresh", {})

    def run(self, script, *args):
        """Runs a function body in the page and gives what it returns."""
        return self._send("POST", self.session + "/execute/sync", {"script": script, "args": list(args)})

    def devtools(self, command, **params):
        return self._send("POST", self.session + "/goog/cdp/execute", {"cmd": command, "params": params})

    def element(self, selector):
        found = self._send("POST", self.session + "/element", {"using": "css selector", "value": selector})
        return next(iter(found.values()))

    def click(self, selector):
        self._send("POST", f"{self.session}/element/{self.element(selector)}/click", {})

    def type_into(self, selector, text):
        self._send("POST", f"{self.session}/element/{self.element(selector)}/value", {"text": text})

    def press(self, *keys):
        """Presses keys one after another, at whatever has the focus."""
        actions = []
        for key in keys:
            value = KEYS.get(key, key)
            actions += [{"type": "keyDown", "value": value}, {"type": "keyUp", "value": value}]
        body = {"actions": [{"type": "key", "id": "keyboard", "actions": actions}]}
        self._send("POST", self.session + "/actions", body)

    def until(self, script, *args, seconds=5):
        """Waits until the script gives something true; gives it back."""
        end = time.monotonic() + seconds
        while True:
            value = self.run(script, *args)
            if value or time.monotonic() > end:
                return value
            time.sleep(0.05)

    def log(self, kind):
        return self._send("POST", self.session + "/se/log", {"type": kind})

    def errors(self):
        return [entry["message"] for entry in self.log("browser") if entry["level"] in ("SEVERE", "WARNING")]

    def requests(self):
        """The addresses asked for since the last call."""
        events = [json.loads(entry["message"])["message"] for entry in self.log("performance")]
        sent = [event["params"] for event in events if event["method"] == "Network.requestWillBeSent"]
        return [event["request"]["url"] for event in sent]

    def size(self, width, height=900):
        self.devtools(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 600
        )

    def picture(self, path, whole=False, scale=1):
        options = {"format": "png", "captureBeyondViewport": whole}
        if whole:
            size = self.devtools("Page.getLayoutMetrics")["cssContentSize"]
            options["clip"] = {"x": 0, "y": 0, "width": size["width"], "height": size["height"], "scale": scale}
        with open(path, "wb") as file:
            file.write(base64.b64decode(self.devtools("Page.captureScreenshot", **options)["data"]))

    def pdf(self, path):
        data = self.devtools("Page.printToPDF", printBackground=True, preferCSSPageSize=True)["data"]
        with open(path, "wb") as file:
            file.write(base64.b64decode(data))
