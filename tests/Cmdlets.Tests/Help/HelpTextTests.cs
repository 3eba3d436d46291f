using System.Management.Automation;
using System.Xml.Linq;
using MonaLisa.Engine;
using MonaLisa.HelpBuilder;
using MonaLisa.PowerShell;

namespace MonaLisa.Cmdlets.Tests.Help;

/// <summary>A help text that lacks something fails the build, at its line.</summary>
public sealed class HelpTextTests : IDisposable
{
    private const string Whole = """
        # Import-MlpModel

        Loads networks
        from model files.

        ## Description

        First.

        Second.

        ## Parameters

        ### Path

        Where.

        ### LiteralPath

        Where, letter by letter.

        ### Start

        What with.

        ## Inputs

        ### System.String

        A path.

        ## Outputs

        ### MonaLisa.Engine.Mlp

        The network.

        ## Examples

        ### One

        ```powershell
        # A comment is no heading.
        Import-MlpModel ./a
        ```

        Loads one.

        ### Two

        ```powershell
        Import-MlpModel ./b
        ```

        ### Three

        ```powershell
        Import-MlpModel ./c
        ```

        ## Links

        - about_MonaLisa
        - https://example.org/help
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("monalisa help ").FullName;

    [Fact]
    public void A_text_is_read_as_it_is_written()
    {
        CommandHelp help = Read(Whole);
        Assert.Equal(("Import-MlpModel", "Loads networks from model files."), (help.Name, help.Synopsis));
        Assert.Equal(["First.", "Second."], help.Description);
        Assert.Equal(["Path", "LiteralPath", "Start"], help.Parameters.Select(parameter => parameter.Name));
        Assert.Equal(["One", "Two", "Three"], help.Examples.Select(example => example.Title));
        Assert.Equal("# A comment is no heading.\nImport-MlpModel ./a", help.Examples[0].Code);
        Assert.Equal(["Loads one."], help.Examples[0].Remarks);
        Assert.Equal(["about_MonaLisa", "https://example.org/help"], help.Links);
    }

    [Theory]
    [InlineData("# Import-MlpModel", "# Export-MlpModel", "not called after its command")]
    [InlineData("# Import-MlpModel", "Import-MlpModel", "first line")]
    [InlineData("Loads networks\nfrom model files.", "", "synopsis")]
    [InlineData("## Inputs", "## Outputs", "in this order")]
    [InlineData("## Links", "", "Links is missing")]
    [InlineData("```powershell\nImport-MlpModel ./c\n```", "Import-MlpModel ./c", "no code")]
    public void A_text_of_another_form_is_refused(string part, string replacement, string expected) =>
        Assert.Contains(expected, Assert.Throws<HelpException>(() => Read(Whole.Replace(part, replacement, StringComparison.Ordinal))).Message, StringComparison.Ordinal);

    [Fact]
    public void What_the_command_says_of_its_parameters_is_added()
    {
        XDocument document = Document(Whole);
        XElement path = document.Descendants().First(element => element.Name.LocalName == "parameter" && Child(element, "name") == "Path");
        Assert.Equal(("true", "0", "true (ByValue, ByPropertyName)", "true"),
            ((string?)path.Attribute("required"), (string?)path.Attribute("position"), (string?)path.Attribute("pipelineInput"), (string?)path.Attribute("globbing")));
        Assert.Equal("String[]", Child(path, "parameterValue"));
        Assert.Equal(2, document.Descendants().Count(element => element.Name.LocalName == "syntaxItem"));
    }

    [Theory]
    [InlineData("### LiteralPath\n\nWhere, letter by letter.", "", "-LiteralPath of Import-MlpModel is not explained")]
    [InlineData("Where, letter by letter.", "", "-LiteralPath of Import-MlpModel is not explained")]
    [InlineData("### LiteralPath", "### Lateral\n\nNothing.\n\n### LiteralPath", "no parameter Lateral")]
    [InlineData("### Three\n\n```powershell\nImport-MlpModel ./c\n```", "", "2 examples")]
    public void A_text_that_does_not_fit_the_command_is_refused(string part, string replacement, string expected)
    {
        Assert.Contains(part, Whole, StringComparison.Ordinal);
        Assert.Contains(expected, Assert.Throws<HelpException>(() => Document(Whole.Replace(part, replacement, StringComparison.Ordinal))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_command_without_a_text_is_refused() => Assert.Contains(
        "has no help", Assert.Throws<HelpException>(() => MamlDocument.Of([Import], [], _folder)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_text_without_a_command_is_refused() => Assert.Contains(
        "no command Import-MlpModel", Assert.Throws<HelpException>(() => MamlDocument.Of([], [Read(Whole)], _folder)).Message, StringComparison.Ordinal);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static readonly CmdletInfo Import =
        ModuleCommands.Of(typeof(ImportMlpModelCommand).Assembly.Location).Single(command => command.Name == "Import-MlpModel");

    private XDocument Document(string text) => MamlDocument.Of([Import], [Read(text)], _folder);

    private CommandHelp Read(string text)
    {
        string file = Path.Combine(_folder, "Import-MlpModel.md");
        File.WriteAllText(file, text);
        return HelpReader.Read(file);
    }

    private static string? Child(XElement element, string name) => element.Elements().First(child => child.Name.LocalName == name).Value;
}
