namespace MonaLisa.Cmdlets.Tests.Shell;

/// <summary>One run of the shell does everything; each row looks at its own part of the output.</summary>
public sealed class EverydayCommandTests(EverydayCommandTests.OneRun run) : IClassFixture<EverydayCommandTests.OneRun>
{
    private static readonly Dictionary<string, (string Script, string Expected)> Cases = new()
    {
        ["Write-Output keeps the order"] = ("Write-Output 3 1 | ForEach-Object { \"$_;\" }", "3;1;"),
        ["Write-Output -NoEnumerate gives one object"] = ("Write-Output @(1, 2) -NoEnumerate | ForEach-Object Count", "2"),
        ["Write-Host joins a list"] = ("Write-Host 1, 2 -Separator ',' 6>&1", "1,2"),
        ["Select-Object -First"] = ("1..9 | Select-Object -First 2", "12"),
        ["Select-Object -First stops what comes before"] = (
            "$script:seen = 0; 1..9 | ForEach-Object { $script:seen++; $_ } | Select-Object -First 2; \"seen $seen\"",
            "12seen 2"),
        ["Select-Object -Last -Skip"] = ("1..9 | Select-Object -Last 2 -Skip 1", "78"),
        ["Select-Object -Skip"] = ("1..9 | Select-Object -Skip 7", "89"),
        ["Select-Object -First -Last"] = ("1..9 | Select-Object -First 1 -Last 1", "19"),
        ["Select-Object -ExpandProperty"] = ("'ab', 'c' | Select-Object -ExpandProperty Length", "21"),
        ["Select-Object with a calculated property"] = ("('ab' | Select-Object Len*, @{ n = 'Twice'; e = { $_.Length * 2 } }).Twice", "4"),
        ["Sort-Object by itself"] = ("10, 9, 1 | Sort-Object", "1910"),
        ["Sort-Object -Descending by a property"] = ("'a', 'ccc', 'bb' | Sort-Object Length -Descending", "cccbba"),
        ["Sort-Object -Unique"] = ("2, 1, 2 | Sort-Object -Unique", "12"),
        ["Sort-Object keeps the order of equals"] = ("'b1', 'a1', 'c' | Sort-Object { $_.Length }", "cb1a1"),
        ["Measure-Object"] = (
            "$m = 1..4 | Measure-Object -Sum -Average -Minimum -Maximum; \"$($m.Count) $($m.Sum) $($m.Average) $($m.Minimum) $($m.Maximum)\"",
            "4 10 2.5 1 4"),
        ["Measure-Object by a property"] = ("('ab', 'c' | Measure-Object Length -Sum).Sum", "3"),
        ["Join-Path"] = ("(Join-Path a b c) -replace '\\\\', '/'", "a/b/c"),
        ["Split-Path"] = (
            "(Split-Path /a/b.png) -replace '\\\\', '/'; Split-Path /a/b.png -Leaf; Split-Path /a/b.png -LeafBase; Split-Path /a/b.png -Extension",
            "/ab.pngb.png"),
        ["Get-ChildItem gives files and folders"] = (
            "Get-ChildItem | ForEach-Object { $_.GetType().Name }",
            "DirectoryInfoFileInfoFileInfo"),
        ["Get-ChildItem -File -Filter"] = ("(Get-ChildItem -File -Filter *.txt).Name", "a[1].txt"),
        ["Get-ChildItem -Recurse -Name"] = ("Get-ChildItem . *.log -Recurse -File | ForEach-Object Name", "deep.log"),
        ["Get-ChildItem -Directory"] = ("(Get-ChildItem -Directory).Name", "sub"),
        ["Get-ChildItem binds to -LiteralPath downstream"] = ("(Get-ChildItem *.txt | Get-Item).Name", "a[1].txt"),
        ["Get-ChildItem takes wildcards"] = ("(Get-ChildItem *.p*).Name", "b.png"),
        ["Get-ChildItem of a missing folder"] = (
            "$e = $null; Get-ChildItem nowhere, sub -ErrorAction SilentlyContinue -ErrorVariable e | ForEach-Object Name; $e.Count",
            "deep.log1"),
        ["Test-Path"] = (
            "Test-Path sub; Test-Path nowhere; Test-Path -LiteralPath 'a[1].txt'; Test-Path sub -PathType Leaf",
            "TrueFalseTrueFalse"),
        ["Resolve-Path"] = ("Split-Path (Resolve-Path su*).Path -Leaf", "sub"),
        ["Set-Location and Get-Location"] = ("Set-Location sub; Split-Path (Get-Location).Path -Leaf; Set-Location ..", "sub"),
        ["Aliases of the engine lead here"] = ("cd sub; (dir).Name; cd ..; 1..3 | select -Last 1", "deep.log3"),
        ["New-Item and Remove-Item"] = (
            "$null = New-Item new/inner -ItemType Directory; $null = New-Item new/f.txt -Value hi; Test-Path new/inner; Remove-Item new -Recurse; Test-Path new",
            "TrueFalse"),
        ["Remove-Item refuses a full folder"] = ("Remove-Item sub -ErrorAction SilentlyContinue; Test-Path sub", "True"),
        ["Remove-Item -WhatIf"] = ("Remove-Item sub -Recurse -WhatIf; Test-Path sub", "True"),
        ["Out-String"] = ("(1, 2 | Out-String -Stream) -join ';'", "1;2"),
        ["Objects reach native programs as text"] = ("if ($IsWindows) { 'x' } else { 'x' | /bin/cat }", "x"),
        ["Format-List"] = ("([pscustomobject]@{ A = 1 } | Format-List | Out-String).Trim()", "A : 1"),
        ["Format-Table -Property"] = (
            "(([pscustomobject]@{ A = 1; B = 2 } | Format-Table B | Out-String).Trim() -split '\\s+') -join ' '",
            "B - 2"),
        ["Write-Error reports where its function was called"] = (
            "function Test-It { Write-Error 'x' -ErrorId Mine -Category InvalidData }; Test-It -ErrorVariable e 2>$null; $error[0].InvocationInfo.MyCommand.Name; $error[0].FullyQualifiedErrorId; $error[0].CategoryInfo.Category",
            "Test-ItMine,Test-ItInvalidData"),
        ["Write-Verbose follows the caller's preference"] = (
            "& { $VerbosePreference = 'Continue'; Write-Verbose seen } 4>&1 | ForEach-Object { $_.Message }",
            "seen"),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Does_what_pwsh_does(string name) => Assert.Equal(Cases[name].Expected, run.OutputOf(name));

    public sealed class OneRun : IDisposable
    {
        private readonly TemporaryFolder _folder = new();
        private readonly Dictionary<string, string> _outputs = [];

        public OneRun()
        {
            Directory.CreateDirectory(Path.Combine(_folder.Path, "sub"));
            _folder.Write("a[1].txt", "a");
            _folder.Write("b.png", "b");
            _folder.Write(Path.Combine("sub", "deep.log"), "deep");
            using var scripts = new TemporaryFolder();
            IEnumerable<string> blocks = Cases.Select((entry, index) => $"'@@{index}'\n{entry.Value.Script}\n");
            string script = scripts.Write("everything.ps1", string.Join('\n', blocks));
            ShellResult result = ShellProcess.Run([script], folder: _folder.Path);
            Error = result.Error;
            foreach (string part in result.Output.Split("@@", StringSplitOptions.RemoveEmptyEntries))
            {
                string[] lines = part.Split('\n');
                if (int.TryParse(lines[0], out int index))
                {
                    IEnumerable<string> written = lines.Skip(1).Where(line => !line.StartsWith("What if:", StringComparison.Ordinal));
                    _outputs[Cases.Keys.ElementAt(index)] = string.Concat(written);
                }
            }
        }

        public string Error { get; }

        internal string OutputOf(string name) => _outputs.TryGetValue(name, out string? output) ? output : Error;

        public void Dispose() => _folder.Dispose();
    }
}
