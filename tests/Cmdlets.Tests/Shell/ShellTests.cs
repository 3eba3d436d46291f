namespace MonaLisa.Cmdlets.Tests.Shell;

/// <summary>That the shell is PowerShell with everything it has, and the module.</summary>
public class ShellTests
{
    [Fact]
    public void It_is_the_PowerShell_that_the_module_asks_for()
    {
        ShellResult result = ShellProcess.Run(["-Version"]);
        Assert.Matches(@"^PowerShell 7\.6\.\d+\n$", result.Output);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
    }

    [Fact]
    public void The_module_that_was_built_with_it_comes_before_any_other()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(Path.Combine(folder.Path, "MonaLisa.PS"));
        folder.Write(Path.Combine("MonaLisa.PS", "MonaLisa.PS.psd1"), "@{ ModuleVersion = '0.0.1'; FunctionsToExport = 'New-PixelDataset' }");
        ShellResult result = ShellProcess.Run(
            ["-Command", "(Get-Command New-PixelDataset).Module.ModuleBase; $PSHOME"], environment: ("PSModulePath", folder.Path));
        string[] lines = result.Output.Split('\n');
        Assert.Equal(Path.Combine(lines[1], "MonaLisa", "MonaLisa.PS"), lines[0]);
        Assert.Empty(result.Error);
    }

    [Fact]
    public void A_module_path_of_the_user_is_kept()
    {
        ShellResult result = ShellProcess.Run(["-Command", "$env:PSModulePath"], environment: ("PSModulePath", "/of the user"));
        string[] folders = result.Output.TrimEnd().Split(Path.PathSeparator);
        Assert.Contains("/of the user", folders);
        Assert.Equal(folders.Distinct(), folders);
    }

    [Theory]
    [InlineData("PSReadLine", "Set-PSReadLineOption")]
    [InlineData("Microsoft.PowerShell.ThreadJob", "Start-ThreadJob")]
    [InlineData("Microsoft.PowerShell.PSResourceGet", "Install-PSResource")]
    [InlineData("Microsoft.PowerShell.Utility", "Export-Csv")]
    [InlineData("Microsoft.PowerShell.Management", "Get-Process")]
    [InlineData("Microsoft.PowerShell.Archive", "Compress-Archive")]
    public void Has_the_modules_of_PowerShell(string module, string command) =>
        Assert.Equal(module + "\n", ShellProcess.RunCommand($"(Get-Command {command}).ModuleName").Output);

    [Fact]
    public void Jobs_of_every_kind_have_the_module()
    {
        ShellResult result = ShellProcess.RunCommand("""
            Start-Job { (New-MlpNetwork -HiddenLayer 8).Shape } | Receive-Job -Wait -AutoRemoveJob
            Start-ThreadJob { (New-MlpNetwork -HiddenLayer 9).Shape } | Receive-Job -Wait -AutoRemoveJob
            1 | ForEach-Object -Parallel { (New-MlpNetwork -HiddenLayer 10).Shape }
            """);
        Assert.Equal("2-8-3\n2-9-3\n2-10-3\n", result.Output);
        Assert.Empty(result.Error);
    }

    [Fact]
    public void Csv_files_transcripts_types_and_help_work()
    {
        using var folder = new TemporaryFolder();
        ShellResult result = ShellProcess.Run(["-Command", """
            $null = Start-Transcript ./transcript.txt
            Get-MlpProvider | Export-Csv ./providers.csv
            $null = Stop-Transcript
            (Import-Csv ./providers.csv)[0].Provider
            Add-Type 'public static class Five { public static int Value => 5; }'
            [Five]::Value
            (Get-Help New-PixelDataset).Name
            """], folder: folder.Path);
        Assert.Equal("Managed\n5\nNew-PixelDataset\n", result.Output);
        Assert.Empty(result.Error);
        Assert.Contains("PowerShell transcript", File.ReadAllText(Path.Combine(folder.Path, "transcript.txt")));
    }

    [Fact]
    public void Redirected_streams_have_no_escape_sequences()
    {
        ShellResult result = ShellProcess.RunCommand("""
            Write-Host 'green' -ForegroundColor Green; Write-Warning 'careful'; "$($PSStyle.Foreground.Red)red"; Get-MlpProvider | Format-Table
            Write-Error 'wrong'
            """);
        Assert.StartsWith("green\nWARNING: careful\nred\n", result.Output);
        Assert.DoesNotContain('\e', result.Output);
        Assert.Equal("Write-Error: wrong\n", result.Error);
    }

    [Fact]
    public void Colours_can_be_asked_for() =>
        Assert.Contains("\e[33", ShellProcess.RunCommand("$PSStyle.OutputRendering = 'Ansi'; Write-Warning 'careful'").Output);

    [Fact]
    public void Output_is_utf8_without_a_byte_order_mark()
    {
        // 'é€😀' from code points, so that no console's code page takes part.
        ShellResult result = ShellProcess.RunCommand("[string][char]0xE9 + [char]0x20AC + [char]::ConvertFromUtf32(0x1F600)");
        Assert.Equal("é€😀\n", result.Output);
    }

    [Fact]
    public void Nothing_is_reported_to_anybody() => Assert.Equal(
        "1 Off\n", ShellProcess.Run(
            ["-Command", "\"$env:POWERSHELL_TELEMETRY_OPTOUT $env:POWERSHELL_UPDATECHECK\""],
            environment: [("POWERSHELL_TELEMETRY_OPTOUT", "0"), ("POWERSHELL_UPDATECHECK", null)]).Output);

    [Theory]
    [InlineData("exit 3", 3)]
    [InlineData("throw 'no'", 1)]
    [InlineData("$ErrorActionPreference = 'Stop'; New-PixelDataset ./nowhere.png; 'not reached'", 1)]
    [InlineData("New-PixelDataset ./nowhere.png", 0)]
    [InlineData("if (1) }", 1)]
    public void A_script_ends_with_its_exit_code(string text, int expected)
    {
        using var folder = new TemporaryFolder();
        ShellResult result = ShellProcess.Run([folder.Write("script.ps1", text)]);
        Assert.Equal(expected, result.ExitCode);
        Assert.DoesNotContain("not reached", result.Output);
    }
}
