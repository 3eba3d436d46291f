namespace MonaLisa.Cmdlets.Tests.Shell;

public class ScriptArgumentTests
{
    private const string Script = """
        param([int] $Epoch = 1, [switch] $Force, [string[]] $Name, [Parameter(ValueFromRemainingArguments)] $Rest)
        "$Epoch|$Force|$($Name -join ';')|$($Name.Count)|$($Rest -join ';')"
        """;

    [Theory]
    [InlineData("3|True|value|1|rest", "-Epoch", "3", "-Force", "-Name:value", "rest")]
    [InlineData("3|False|a,b|1|", "3", "-Name", "a,b")]
    [InlineData("-5|False||0|", "-Epoch", "-5")]
    [InlineData("1|True||0|", "-Force:$true")]
    [InlineData("7|False|two words|1|", "-Name:", "two words", "-Epoch:7")]
    public void Arguments_bind_as_pwsh_binds_them(string expected, params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        folder.Write("e [2].ps1", Script);
        ShellResult result = ShellProcess.Run(["-File", "e [2].ps1", .. arguments], folder: folder.Path);
        Assert.Equal(expected + "\n", result.Output);
        Assert.Equal(0, result.ExitCode);
    }

    [Fact]
    public void A_value_of_the_wrong_type_ends_the_script_with_1()
    {
        using var folder = new TemporaryFolder();
        ShellResult result = ShellProcess.Run([folder.Write("e.ps1", Script), "-Epoch", "many"]);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("'Epoch'", result.Error);
        Assert.Empty(result.Output);
    }

    [Fact]
    public void A_script_knows_its_own_folder()
    {
        using var folder = new TemporaryFolder();
        string script = folder.Write("where.ps1", "Split-Path $PSScriptRoot -Leaf; $MyInvocation.MyCommand.Name");
        Assert.Equal($"{Path.GetFileName(folder.Path)}\nwhere.ps1\n", ShellProcess.Run([script]).Output);
    }
}
