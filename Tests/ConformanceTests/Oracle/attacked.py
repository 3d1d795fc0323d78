"""Attacks a reader of XML: attacked.py FOLDER COMMAND…

Writes attacks into FOLDER, runs `COMMAND FILE` for each, and prints as CSV what became of it: File, Code,
Status (the last column of the last line), Memory (MB at most), Seconds (CPU), and a row `touched` whose
Status counts how often a file or an address that the attacks name was opened.
"""
import csv, gzip, io, os, socket, subprocess, sys, threading

UBL = ('<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"'
       ' xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"'
       ' xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">')
FIELDS = ("<cbc:ID>R-1</cbc:ID><cbc:IssueDate>2026-05-03</cbc:IssueDate>"
          "<cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode><cac:LegalMonetaryTotal>"
          "<cbc:TaxInclusiveAmount>1</cbc:TaxInclusiveAmount></cac:LegalMonetaryTotal>")
MB = 1 << 20


def invoice(inside="", doctype="", tag=UBL, declaration=""):
    return f"{declaration}{doctype}{tag}{FIELDS}{inside}</Invoice>".encode()


def attacks(folder, port):
    file = f"file://{folder}/pipe"
    url = f"http://127.0.0.1:{port}/"
    note = "<cbc:Note>{}</cbc:Note>".format
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    include = "<i:include xmlns:i='http://www.w3.org/2001/XInclude' href='{}' parse='text'/>".format
    attachment = ("<cac:AdditionalDocumentReference><cac:Attachment><cbc:EmbeddedDocumentBinaryObject>"
                  "{}</cbc:EmbeddedDocumentBinaryObject></cac:Attachment>"
                  "</cac:AdditionalDocumentReference>").format
    yield "entity-internal", invoice(note("&a;"), '<!DOCTYPE Invoice [<!ENTITY a "x">]>')
    yield "entity-file", invoice(note("&a;"), f'<!DOCTYPE Invoice [<!ENTITY a SYSTEM "{file}">]>')
    yield "entity-address", invoice(note("&a;"), f'<!DOCTYPE Invoice [<!ENTITY a SYSTEM "{url}">]>')
    yield "entity-parameter", invoice("", '<!DOCTYPE Invoice [<!ENTITY % a "x"> %a;]>')
    yield "entity-parameter-file", invoice(
        "", f'<!DOCTYPE Invoice [<!ENTITY % a SYSTEM "{file}"> %a;]>')
    yield "entity-unparsed", invoice(
        "", f'<!DOCTYPE Invoice [<!NOTATION n SYSTEM "n"><!ENTITY a SYSTEM "{url}" NDATA n>]>')
    yield "laughs", invoice(note("&l9;"), f'<!DOCTYPE Invoice [<!ENTITY l0 "ha">{laughs}]>')
    yield "quadratic", invoice(
        note("&a;" * 20_000), f'<!DOCTYPE Invoice [<!ENTITY a "{"a" * 100_000}">]>')
    yield "undeclared", invoice(note("1&nbsp;2"), f'<!DOCTYPE Invoice SYSTEM "{url}">')
    yield "dtd-file", invoice("", f'<!DOCTYPE Invoice SYSTEM "{file}">')
    yield "dtd-address", invoice("", f'<!DOCTYPE Invoice PUBLIC "p" "{url}">')
    yield "schema-address", invoice(
        tag=UBL[:-1] + f' xmlns:s="http://www.w3.org/2001/XMLSchema-instance" s:schemaLocation="{url}">')
    yield "stylesheet", invoice(declaration=f'<?xml-stylesheet href="{url}"?>')
    yield "include", invoice(include(file) + include(url))
    yield "attribute", invoice(note("").replace(">", f" a='{'A' * 11 * MB}'>", 1))
    yield "attributes", invoice(
        note("").replace(">", "".join(f" b{n}='1'" for n in range(200_000)) + ">", 1))
    yield "attributes-within", invoice(
        "".join(note("").replace(">", "".join(f" b{n}='1'" for n in range(256)) + ">", 1)
                for _ in range(2_000)))
    yield "cdata", invoice(note(f"<![CDATA[{'A' * 11 * MB}]]>"))
    yield "comment", invoice(f"<!--{'A' * 11 * MB}-->")
    yield "name", invoice(f"<{'a' * 11 * MB}/>")
    yield "depth", invoice("<a>" * 300 + "</a>" * 300)
    yield "field", invoice(note("A" * 60 * MB))
    yield "attachment", invoice(attachment("QUJD" * 15 * MB))
    yield "truncated", invoice()[:-4]
    yield "mislabelled", invoice(note("云服务费账单"), declaration='<?xml version="1.0" encoding="GBK"?>')
    yield "no-utf8", invoice(note("@")).replace(b"@", b"\xc3\x28")
    yield "unknown-encoding", invoice(declaration='<?xml version="1.0" encoding="x-none"?>')
    yield "blank-line", b"\n" + invoice(declaration='<?xml version="1.0"?>')
    yield "bomb", gzip.compress(invoice(attachment("A" * 400 * MB)))
    yield "sound", invoice()
    yield "sound-utf16", ("\ufeff" + invoice().decode()).encode("utf-16-le")


class Watch:
    """A pipe and a port that nobody has a reason to open."""

    def __init__(self, folder):
        self.touched = 0
        self.pipe = f"{folder}/pipe"
        os.mkfifo(self.pipe)
        self.server = socket.create_server(("127.0.0.1", 0))
        self.port = self.server.getsockname()[1]
        threading.Thread(target=self.wait_for_reader, daemon=True).start()
        threading.Thread(target=self.wait_for_caller, daemon=True).start()

    def wait_for_reader(self):
        with open(self.pipe, "w") as pipe:
            self.touched += 1
            pipe.write("secret")

    def wait_for_caller(self):
        while True:
            self.server.accept()[0].close()
            self.touched += 1


def outcome(command, path):
    process = subprocess.Popen(command + [path], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    text = process.stdout.read().decode()
    _, status, usage = os.wait4(process.pid, 0)
    rows = list(csv.reader(io.StringIO(text)))
    seconds = usage.ru_utime + usage.ru_stime
    scale = 1 << 10 if sys.platform == "linux" else MB
    return [os.waitstatus_to_exitcode(status), rows[-1][-1], usage.ru_maxrss // scale, f"{seconds:.2f}"]


def write(folder, port):
    for name, content in attacks(folder, port):
        with open(f"{folder}/{name}.xml", "wb") as file:
            file.write(content)
        print(name)


def main(folder, *command):
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["File", "Code", "Status", "Memory", "Seconds"])
    watch = Watch(folder)
    # Another process makes the files: the memory of this one counts as that of its children.
    written = subprocess.check_output([sys.executable, __file__, "write", folder, str(watch.port)])
    for name in written.decode().split():
        out.writerow([name, *outcome(list(command), f"{folder}/{name}.xml")])
    out.writerow(["touched", "", watch.touched, "", ""])


if __name__ == "__main__":
    (write if sys.argv[1] == "write" else main)(*sys.argv[1 + (sys.argv[1] == "write"):])
