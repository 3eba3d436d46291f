namespace MonaLisa.Cmdlets.Tests.Shell;

public class ExitCodeTests
{
    [Theory]
    [InlineData("'fine'", 0)]
    [InlineData("exit 7", 7)]
    [InlineData("throw 'no'", 1)]
    [InlineData("Get-Item ./nowhere", 1)]
    [InlineData("Get-Item ./nowhere; 'and on'", 0)]
    [InlineData("1 +", 1)]
    [InlineData("if (1) }", 1)]
    public void A_command_gives(string command, int expected)
    {
        ShellResult result = ShellProcess.RunCommand(command);
        Assert.Equal(expected, result.ExitCode);
        if (expected == 1)
            Assert.NotEmpty(result.Error);
    }

    [Theory]
    [InlineData("exit 3", 3)]
    [InlineData("function f { exit 4 }; f; 'not reached'", 4)]
    [InlineData("throw 'no'", 1)]
    [InlineData("$ErrorActionPreference = 'Stop'; Get-Item ./nowhere; 'not reached'", 1)]
    [InlineData("Get-Item ./nowhere", 0)]
    [InlineData("if (1) }", 1)]
    public void A_script_gives(string text, int expected)
    {
        using var folder = new TemporaryFolder();
        ShellResult result = ShellProcess.Run([folder.Write("script.ps1", text)]);
        Assert.Equal(expected, result.ExitCode);
        Assert.DoesNotContain("not reached", result.Output);
    }

    [Fact]
    public void Exit_in_a_script_that_a_script_calls_ends_only_that_one()
    {
        using var folder = new TemporaryFolder();
        folder.Write("inner.ps1", "exit 9");
        string outer = folder.Write("outer.ps1", "& $PSScriptRoot/inner.ps1; \"inner gave $LASTEXITCODE\"");
        ShellResult result = ShellProcess.Run([outer]);
        Assert.Equal("inner gave 9\n", result.Output);
        Assert.Equal(0, result.ExitCode);
    }
}
