namespace MonaLisa.Cmdlets.Tests.Shell;

/// <summary>A small script module for the shell to load, so that these tests do not depend on the product's commands.</summary>
internal static class TestModule
{
    private static readonly Lazy<string> Written = new(Write);

    public static string Folder => Written.Value;

    private static string Write()
    {
        string folder = Path.Combine(Directory.CreateTempSubdirectory("monalisa-shell-").FullName, "Small");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "Small.psd1"), """
            @{
                RootModule = 'Small.psm1'; ModuleVersion = '1.0.0'; GUID = '6f0f5f5c-7a7e-4a63-9a3a-0b1c60a9d4ce'
                FunctionsToExport = @('Get-Small', 'Set-Small'); CmdletsToExport = @(); AliasesToExport = @()
            }
            """);
        File.WriteAllText(Path.Combine(folder, "Small.psm1"), """
            function Get-Small { 'small' }
            function Set-Small {
                [CmdletBinding(SupportsShouldProcess)]
                param([Parameter(Mandatory)][string] $Name)
                if ($PSCmdlet.ShouldProcess($Name, 'paint')) { "painted $Name" }
            }
            """);
        return folder;
    }
}
