namespace MonaLisa.Cmdlets.Tests.Shell;

public class StreamTests
{
    [Fact]
    public void Errors_go_to_standard_error_and_everything_else_to_standard_output()
    {
        ShellResult result = ShellProcess.RunCommand("""
            'object'; Write-Host 'host'; Write-Warning 'careful'; Write-Verbose 'detail' -Verbose; Write-Debug 'inside' -Debug
            Write-Error 'wrong'
            """);
        Assert.Equal("object\nhost\nWARNING: careful\nVERBOSE: detail\nDEBUG: inside\n", result.Output);
        Assert.Equal("Write-Error: wrong\n", result.Error);
    }

    [Fact]
    public void Nothing_is_coloured_where_nobody_sees_colours()
    {
        ShellResult result = ShellProcess.RunCommand("""
            Write-Host 'green' -ForegroundColor Green; Write-Warning 'careful'; "$($PSStyle.Foreground.Red)red"; Get-Item .
            Write-Error 'wrong'
            """);
        Assert.DoesNotContain('\e', result.Output);
        Assert.DoesNotContain('\e', result.Error);
        Assert.StartsWith("green\nWARNING: careful\nred\n", result.Output);
    }

    [Fact]
    public void Colours_can_be_asked_for()
    {
        ShellResult result = ShellProcess.RunCommand("$PSStyle.OutputRendering = 'Ansi'; Write-Warning 'careful'");
        Assert.Contains("\e[33", result.Output);
    }

    [Fact]
    public void Progress_is_not_shown_where_nobody_sees_it()
    {
        ShellResult result = ShellProcess.RunCommand("1..3 | ForEach-Object { Write-Progress Training step -PercentComplete $_; $_ }");
        Assert.Equal("1\n2\n3\n", result.Output);
        Assert.Empty(result.Error);
    }

    [Fact]
    public void Output_is_utf8_without_a_byte_order_mark()
    {
        // 'é€😀' from code points, so that no console's code page takes part.
        ShellResult result = ShellProcess.RunCommand("[string][char]0xE9 + [char]0x20AC + [char]::ConvertFromUtf32(0x1F600)");
        Assert.Equal("é€😀\n", result.Output);
    }

    [Fact]
    public void An_error_in_a_script_shows_the_line_and_the_place()
    {
        using var folder = new TemporaryFolder();
        string script = folder.Write("wrong.ps1", "'before'\nGet-Item ./nowhere; 'after'\n");
        ShellResult result = ShellProcess.Run([script]);
        Assert.Equal("before\nafter\n", result.Output);
        Assert.Contains("wrong.ps1:2\n", result.Error);
        Assert.Contains("   2 |  Get-Item ./nowhere; 'after'\n     |  ~~~~~~~~~~~~~~~~~~\n", result.Error);
    }

    [Fact]
    public void An_error_that_ends_the_script_looks_the_same()
    {
        using var folder = new TemporaryFolder();
        ShellResult result = ShellProcess.Run([folder.Write("wrong.ps1", "throw 'no'")]);
        Assert.Empty(result.Output);
        Assert.Contains("wrong.ps1:1\n", result.Error);
        Assert.EndsWith("| no\n", result.Error);
    }

    [Fact]
    public void Console_and_redirection_work()
    {
        using var folder = new TemporaryFolder();
        ShellResult result = ShellProcess.Run(
            ["-Command", """
                1 > a.txt; 2 >> a.txt; Write-Error 'wrong' 2> b.txt
                [Console]::Out.WriteLine('out'); [Console]::Error.WriteLine('error')
                """],
            folder: folder.Path);
        Assert.Equal("out\n", result.Output);
        Assert.Equal("error\n", result.Error);
        Assert.Equal("1\n2\n", File.ReadAllText(Path.Combine(folder.Path, "a.txt")).ReplaceLineEndings("\n"));
        Assert.Contains("wrong", File.ReadAllText(Path.Combine(folder.Path, "b.txt")));
    }

    [Fact]
    public void A_reader_that_goes_away_does_no_harm()
    {
        using var process = ShellProcess.Start(["-Command", "1..20000"]);
        process.StandardInput.Close();
        Assert.Equal("1", process.StandardOutput.ReadLine());
        process.StandardOutput.Close();
        string error = process.StandardError.ReadToEnd();
        ShellProcess.WaitFor(process);
        Assert.Empty(error);
        Assert.Equal(0, process.ExitCode);
    }

    [Fact]
    public void Objects_are_formatted_without_a_terminal()
    {
        ShellResult result = ShellProcess.Run(
            ["-Command", "[pscustomobject]@{ Name = 'a'; Size = 1 } | Format-Table"], environment: ("TERM", null));
        Assert.Equal("\nName Size\n---- ----\na       1\n\n", result.Output);
    }
}
