using System.Reflection;
using System.Text.RegularExpressions;
using MonaLisa.Cmdlets.Tests.Repository;
using MonaLisa.Engine;
using MonaLisa.PowerShell;

namespace MonaLisa.Cmdlets.Tests.Help;

/// <summary>The topic of the errors names every identifier, and no other.</summary>
public partial class ErrorTopicTests
{
    [Fact]
    public void It_names_every_identifier_and_no_other()
    {
        IEnumerable<string> identifiers = typeof(ErrorIds).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => field.Name)
            .Union(Enum.GetNames<PictureProblem>()).Union(Enum.GetNames<ModelFileProblem>());
        string[] named = [.. Entry().Matches(RepositoryFiles.Text("module/en-US/about_MlpErrors.help.txt")).Select(match => match.Groups[1].Value)];
        Assert.Equal(identifiers.Order(StringComparer.Ordinal), named.Order(StringComparer.Ordinal));
    }

    [GeneratedRegex(@"^ {6}([A-Z]\w+)(?= {2,}\w|\r?$)", RegexOptions.Multiline)]
    private static partial Regex Entry();
}
