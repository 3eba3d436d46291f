namespace MonaLisa.Cmdlets.Tests.Shell;

public class CommandLineTests
{
    [Fact]
    public void Version_names_the_shell_and_its_engine()
    {
        ShellResult result = ShellProcess.Run(["-Version"]);
        Assert.Equal(0, result.ExitCode);
        Assert.Matches(@"^monalisa \d+\.\d+\.\d+ \(PowerShell 7\.6\.\d+\)\n$", result.Output);
        Assert.Empty(result.Error);
    }

    [Theory]
    [InlineData("-Help")]
    [InlineData("-?")]
    [InlineData("--help")]
    public void Help_explains_every_option(string option)
    {
        ShellResult result = ShellProcess.Run([option]);
        Assert.Equal(0, result.ExitCode);
        string[] explained = ["-File", "-Command", "-NoExit", "-NoLogo", "-NonInteractive", "-WorkingDirectory", "MONALISA_MODULE"];
        foreach (string expected in explained)
            Assert.Contains(expected, result.Output);
    }

    [Theory]
    [InlineData("'-Colour' is not known", "-Colour")]
    [InlineData("-File needs the path", "-File")]
    [InlineData("-Command needs the text", "-Command")]
    [InlineData("There is no script 'missing.ps1'", "missing.ps1")]
    [InlineData("There is no script 'missing.ps1'", "-NoLogo", "-File", "missing.ps1", "-Epoch", "3")]
    [InlineData("not a PowerShell script", "-File", "notes.txt")]
    [InlineData("The folder 'nowhere'", "-WorkingDirectory", "nowhere", "-Command", "1")]
    public void What_cannot_be_followed_is_said_on_standard_error_with_exit_code_64(string message, params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        folder.Write("notes.txt", "");
        ShellResult result = ShellProcess.Run(arguments, folder: folder.Path);
        Assert.Equal(64, result.ExitCode);
        Assert.Contains(message, result.Error);
        Assert.Contains("Usage: monalisa", result.Error);
        Assert.Empty(result.Output);
    }

    [Theory]
    [InlineData("-c")]
    [InlineData("-COMMA")]
    public void Command_takes_the_rest_of_the_line(string option)
    {
        ShellResult result = ShellProcess.Run(["-NoLogo", "-NoProfile", option, "1..3", "|", "ForEach-Object", "{ $_ * 2 }"]);
        Assert.Equal("2\n4\n6\n", result.Output);
        Assert.Equal(0, result.ExitCode);
    }

    [Fact]
    public void WorkingDirectory_is_where_the_script_is_found()
    {
        using var folder = new TemporaryFolder();
        folder.Write("here.ps1", "(Get-Location).Path");
        ShellResult result = ShellProcess.Run(["-WorkingDirectory", folder.Path, "here.ps1"]);
        Assert.EndsWith(Path.GetFileName(folder.Path) + "\n", result.Output);
    }
}
