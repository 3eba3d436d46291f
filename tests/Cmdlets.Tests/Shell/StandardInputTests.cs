namespace MonaLisa.Cmdlets.Tests.Shell;

public class StandardInputTests
{
    [Theory]
    [InlineData]
    [InlineData("-Command", "-")]
    public void A_script_may_come_from_standard_input(params string[] arguments)
    {
        ShellResult result = ShellProcess.Run(arguments, input: "function f {\n  'from f'\n}\nf\nexit 5\n");
        Assert.Equal("from f\n", result.Output);
        Assert.Equal(5, result.ExitCode);
    }

    [Fact]
    public void An_empty_script_does_nothing()
    {
        ShellResult result = ShellProcess.Run([]);
        Assert.Equal((0, "", ""), (result.ExitCode, result.Output, result.Error));
    }

    [Fact]
    public void A_command_that_uses_its_input_gets_the_lines()
    {
        ShellResult result = ShellProcess.Run(["-Command", "$input | ForEach-Object { \"<$_>\" }"], input: "a\nb é\n");
        Assert.Equal("<a>\n<b é>\n", result.Output);
    }

    [Fact]
    public void A_command_that_does_not_use_its_input_does_not_wait_for_its_end()
    {
        using var process = ShellProcess.Start(["-Command", "'done'"]);
        string output = process.StandardOutput.ReadToEnd();
        ShellProcess.WaitFor(process);
        Assert.Equal("done", output.Trim());
    }

    [Fact]
    public void WhatIf_says_what_would_be_done()
    {
        Assert.Equal(
            "What if: Performing the operation \"paint\" on target \"wall\".\n",
            ShellProcess.RunCommand("Set-Small wall -WhatIf").Output);
    }

    [Theory]
    [InlineData("y\n", true)]
    [InlineData("maybe\nn\n", false)]
    public void Confirm_follows_the_answer(string answer, bool painted)
    {
        ShellResult result = ShellProcess.Run(["-Command", "Set-Small wall -Confirm"], input: answer);
        Assert.Contains("[Y] Yes", result.Output);
        Assert.Equal(painted, result.Output.Contains("painted wall"));
    }

    [Fact]
    public void Confirm_without_an_answer_does_not_go_ahead()
    {
        ShellResult result = ShellProcess.RunCommand("Set-Small wall -Confirm");
        Assert.DoesNotContain("painted", result.Output);
        Assert.Contains("standard input has ended", result.Error);
    }

    [Fact]
    public void A_missing_parameter_is_asked_for()
    {
        Assert.Contains("painted wall", ShellProcess.Run(["-Command", "Set-Small"], input: "wall\n").Output);
    }

    [Fact]
    public void A_missing_parameter_is_an_error_when_nobody_may_be_asked()
    {
        ShellResult result = ShellProcess.Run(["-NonInteractive", "-Command", "Set-Small"], input: "wall\n");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("Name", result.Error);
    }
}
