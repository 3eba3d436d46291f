using System.Management.Automation;
using System.Text.RegularExpressions;

namespace MonaLisa.Cmdlets.Tests;

/// <summary>A folder where a file is needed: what the error says to do works.</summary>
public sealed partial class FolderAsFileTests : Workspace
{
    [Theory]
    [InlineData("New-PixelDataset pictures", "New-PixelDataset")]
    [InlineData("New-PixelDataset -LiteralPath pictures", "New-PixelDataset")]
    [InlineData("New-PixelDataset -LiteralPath 'odd [1]''s'", "New-PixelDataset")]
    [InlineData("'pictures' | Measure-GeneratedImage -Reference a.png", "Measure-GeneratedImage -Reference a.png -InputObject")]
    public void All_files_of_it_may_be_named(string script, string command)
    {
        Picture("a.png");
        Picture("pictures/b.png");
        Picture("odd [1]'s/b.png");
        string message = Run(script).Error("IsFolder", ErrorCategory.InvalidType).Exception.Message;
        string remedy = Remedy().Match(message).Groups[1].Value;
        SessionResult result = Run($"{command} {remedy}");
        result.AssertNoErrors();
        Assert.Single(result.Output);
    }

    [Theory]
    [InlineData("New-PixelDataset a.png | Invoke-MlpTraining -Network pictures")]
    [InlineData("New-MlpNetwork 4 | Measure-GeneratedImage -Reference pictures")]
    [InlineData("Import-MlpModel a.safetensors -Start pictures")]
    public void One_file_may_be_named_where_one_is_needed(string script)
    {
        Picture("a.png");
        Picture("pictures/b.png");
        string message = Run(script).Error("IsFolder", ErrorCategory.InvalidType).Exception.Message;
        Assert.EndsWith("is a folder. Name a file in it.", message, StringComparison.Ordinal);
    }

    [GeneratedRegex("all of them with (.*)\\.$")]
    private static partial Regex Remedy();
}
