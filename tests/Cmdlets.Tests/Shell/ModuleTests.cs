namespace MonaLisa.Cmdlets.Tests.Shell;

public class ModuleTests
{
    [Fact]
    public void The_module_is_there_from_the_start()
    {
        Assert.Equal("small\nSmall\n", ShellProcess.RunCommand("Get-Small; (Get-Module).Name").Output);
    }

    [Fact]
    public void Parallel_runspaces_find_the_module_and_the_everyday_commands()
    {
        ShellResult result = ShellProcess.RunCommand("1..2 | ForEach-Object -Parallel { Write-Output \"$(Get-Small) $_\" } | Sort-Object");
        Assert.Equal("small 1\nsmall 2\n", result.Output);
        Assert.Empty(result.Error);
    }

    [Fact]
    public void A_module_that_is_not_where_it_should_be_is_named()
    {
        ShellResult result = ShellProcess.Run(["-Command", "1"], environment: ("MONALISA_MODULE", "/nowhere/at all"));
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("MONALISA_MODULE says '/nowhere/at all'", result.Error);
        Assert.Empty(result.Output);
    }

    [Fact]
    public void A_module_that_cannot_be_loaded_says_why()
    {
        using var folder = new TemporaryFolder();
        string manifest = folder.Write("Broken.psd1", "@{ RootModule = 'missing.dll'; ModuleVersion = '1.0.0' }");
        ShellResult result = ShellProcess.Run(["-Command", "1"], environment: ("MONALISA_MODULE", manifest));
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("missing.dll", result.Error);
        Assert.Contains("The module could not be loaded from", result.Error);
        Assert.Empty(result.Output);
    }

    [Fact]
    public void Without_a_choice_the_module_that_was_built_is_loaded()
    {
        ShellResult result = ShellProcess.Run(
            ["-Command", "(Get-Module MonaLisa.PS).Name; (Get-Command New-PixelDataset).CommandType"],
            environment: ("MONALISA_MODULE", null));
        Assert.Equal("MonaLisa.PS\nCmdlet\n", result.Output);
        Assert.Empty(result.Error);
    }

    [Fact]
    public void Modules_that_need_an_installed_pwsh_make_no_noise()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(Path.Combine(folder.Path, "Microsoft.PowerShell.Utility"));
        File.WriteAllText(
            Path.Combine(folder.Path, "Microsoft.PowerShell.Utility", "Microsoft.PowerShell.Utility.psd1"),
            "@{ ModuleVersion = '7.0.0.0'; NestedModules = 'Microsoft.PowerShell.Commands.Utility.dll'; CmdletsToExport = 'Write-Output' }");
        ShellResult result = ShellProcess.Run(["-Command", "Write-Output 1"], environment: ("PSModulePath", folder.Path));
        Assert.Equal("1\n", result.Output);
        Assert.Empty(result.Error);
    }
}
