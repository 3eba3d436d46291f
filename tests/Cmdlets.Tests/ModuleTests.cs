using System.Globalization;
using System.Management.Automation;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using MonaLisa.Engine;
using MonaLisa.PowerShell;

namespace MonaLisa.Cmdlets.Tests;

public sealed partial class ModuleTests : Workspace
{
    private static readonly Type[] Commands =
        [.. typeof(NewPixelDatasetCommand).Assembly.GetExportedTypes().Where(type => type.GetCustomAttribute<CmdletAttribute>() is not null)];

    [Fact]
    public void The_manifest_is_valid_and_names_this_version()
    {
        var module = (PSModuleInfo)Assert.Single(Run("Test-ModuleManifest $manifest", ("manifest", StagedModule.Manifest)).Output);
        Assert.Equal(typeof(NewPixelDatasetCommand).Assembly.GetName().Version!.ToString(3), module.Version.ToString());
        Assert.Equal(new Version(7, 6), module.PowerShellVersion);
        Assert.Equal(["Core"], module.CompatiblePSEditions);
    }

    [Fact]
    public void The_manifest_has_what_the_gallery_shows()
    {
        SessionResult result = Run("Test-ModuleManifest $manifest", ("manifest", StagedModule.Manifest));
        Assert.Empty(result.Warnings);
        var module = result.Single<PSModuleInfo>();
        Assert.All([module.LicenseUri, module.ProjectUri, module.IconUri], uri => Assert.Equal("https", uri.Scheme));
        Assert.NotEmpty(module.ReleaseNotes);
        Assert.All(module.Tags, tag => Assert.DoesNotContain(' ', tag));
        Assert.InRange(module.Description.Length, 50, 4000);
    }

    [Fact]
    public void The_manifest_lists_every_file()
    {
        string[] expected = [.. Directory.EnumerateFiles(StagedModule.Folder, "*", SearchOption.AllDirectories).Order(StringComparer.OrdinalIgnoreCase)];
        var module = Run("Test-ModuleManifest $manifest", ("manifest", StagedModule.Manifest)).Single<PSModuleInfo>();
        Assert.Equal(expected, module.FileList.Select(Path.GetFullPath).Order(StringComparer.OrdinalIgnoreCase));
    }

    [Fact]
    public void It_exports_exactly_its_commands()
    {
        string[] expected = [.. Commands.Select(NameOf).Order(StringComparer.Ordinal)];
        Assert.Equal(expected, Run("Get-Command -Module MonaLisa.PS").All<CmdletInfo>().Select(command => command.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_command_has_an_approved_verb_and_a_singular_noun()
    {
        Type[] groups =
        [
            typeof(VerbsCommon), typeof(VerbsData), typeof(VerbsLifecycle), typeof(VerbsDiagnostic), typeof(VerbsCommunications),
            typeof(VerbsOther), typeof(VerbsSecurity),
        ];
        HashSet<string> approved = [.. groups.SelectMany(verbs => verbs.GetFields()).Select(field => (string)field.GetRawConstantValue()!)];
        foreach (CmdletAttribute command in Commands.Select(type => type.GetCustomAttribute<CmdletAttribute>()!))
        {
            Assert.Contains(command.VerbName, approved);
            Assert.False(command.NounName.EndsWith('s'), command.NounName);
        }
    }

    [Fact]
    public void Every_command_says_what_it_writes() =>
        Assert.All(Commands, command => Assert.NotEmpty(command.GetCustomAttributes<OutputTypeAttribute>()));

    [Fact]
    public void Importing_it_again_is_silent()
    {
        SessionResult result = Run("Import-Module $folder -Force", ("folder", StagedModule.Folder));
        result.AssertNoErrors();
        Assert.Empty(result.Warnings);
    }

    [Fact]
    public void Its_types_are_there_after_the_import_and_only_once() =>
        Assert.Same(typeof(Engine.Mlp).Assembly, Run("[MonaLisa.Engine.Mlp].Assembly").Output.Single());

    [Fact]
    public void Besides_commands_public_are_what_they_take_and_write_and_what_PowerShell_calls() => Assert.Equal(
        [
            nameof(AnimationFileFormat), typeof(ChoiceCompleter<>).Name, typeof(Choice<,>).Name, nameof(Count), nameof(Duration),
            nameof(ExampleCompleter), nameof(ExperimentRow), nameof(ExperimentSummary), nameof(ExplainedJob), nameof(GeneratedImageQuality),
            nameof(ISetting), nameof(Layers), nameof(ModuleImport), nameof(NetworkColor), nameof(NetworkNumbers), nameof(NetworkSource), nameof(OnePathAttribute),
            nameof(OneValueAttribute),
            nameof(OutputPath), nameof(PictureFileFormat), nameof(PictureJob), nameof(PictureSource), typeof(Quantity<,>).Name, nameof(RehydratingConverter),
            nameof(SerializedContent), nameof(SingleAttribute), nameof(SnapshotInterval), nameof(TerminalProtocolChoice), nameof(TrainingJob), nameof(ViewText),
        ],
        typeof(NewPixelDatasetCommand).Assembly.GetExportedTypes().Where(type => !type.IsAssignableTo(typeof(Cmdlet)) && type.Namespace != "MonaLisa.PowerShell.Choices")
            .Select(type => type.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void It_ships_native_files_for_every_64_bit_platform_of_PowerShell_and_no_part_of_PowerShell()
    {
        string[] files = [.. Directory.GetFiles(StagedModule.Folder, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(StagedModule.Folder, file).Replace('\\', '/'))];
        Assert.DoesNotContain(files, file => file.Contains("System.Management.Automation", StringComparison.Ordinal));
        Assert.Equal(
            ["linux-arm64", "linux-musl-x64", "linux-x64", "osx-arm64", "osx-x64", "win-arm64", "win-x64"],
            files.Where(file => file.StartsWith("runtimes/", StringComparison.Ordinal)).Select(file => file.Split('/')[1]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_view_is_for_a_type_that_exists_and_fits_eighty_columns()
    {
        XDocument formats = XDocument.Load(Path.Combine(StagedModule.Folder, "MonaLisa.PS.format.ps1xml"));
        Assert.All(formats.Descendants("TypeName"), name => Assert.NotNull(
            typeof(NewPixelDatasetCommand).Assembly.GetType(name.Value) ?? typeof(Engine.Mlp).Assembly.GetType(name.Value)));
        Assert.All(formats.Descendants("TableHeaders"), headers => Assert.InRange(
            headers.Elements().Sum(column => 1 + int.Parse(column.Element("Width")?.Value ?? LastColumn, CultureInfo.InvariantCulture)), 1, 80));
    }

    private const string LastColumn = "10";

    [Fact]
    public void The_view_of_options_has_every_option_and_that_of_latents_none_of_another_training()
    {
        XElement view = XDocument.Load(Path.Combine(StagedModule.Folder, "MonaLisa.PS.format.ps1xml")).Descendants("View")
            .Single(view => view.Element("Name")!.Value == nameof(Engine.TrainingOptions));
        string[][] entries = [.. view.Descendants("ListEntry").Select(entry => (string[])[.. entry.Descendants("PropertyName").Select(name => name.Value)])];
        Assert.Equal(typeof(Engine.TrainingOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(option => option.Name), entries[0]);
        Assert.Subset(entries[0].ToHashSet(), entries[1].ToHashSet());
        Assert.Empty(entries[1].Intersect(["BatchSize", "LearningRate", "Optimizer", "Beta1", "Beta2", "Sampling", "Loss", "Schedule"]));
    }

    [Fact]
    public void The_help_explains_every_parameter_of_every_command()
    {
        XDocument help = XDocument.Load(Path.Combine(StagedModule.Folder, "en-US", "MonaLisa.PS.dll-Help.xml"));
        foreach (Type command in Commands)
        {
            XElement entry = help.Descendants(Command + "command").Single(
                element => element.Descendants(Command + "name").First().Value == NameOf(command));
            Assert.True(entry.Descendants(Command + "example").Count() >= 3, NameOf(command));
            string[] explained = [.. entry.Element(Command + "parameters")!.Elements()
                .Select(parameter => parameter.Element(Maml + "name")!.Value)];
            foreach (PropertyInfo parameter in command.GetProperties().Where(property => property.IsDefined(typeof(ParameterAttribute))))
                Assert.Contains(parameter.Name, explained);
            Assert.All(explained.Except(["WhatIf", "Confirm"]), name => Assert.NotNull(command.GetProperty(name)));
        }
    }

    [Fact]
    public void The_help_shows_every_parameter_set()
    {
        XDocument help = XDocument.Load(Path.Combine(StagedModule.Folder, "en-US", "MonaLisa.PS.dll-Help.xml"));
        foreach (CmdletInfo command in Run("Get-Command -Module MonaLisa.PS").All<CmdletInfo>())
        {
            XElement entry = help.Descendants(Command + "command").Single(
                element => element.Descendants(Command + "name").First().Value == command.Name);
            IEnumerable<string> shown = entry.Descendants(Command + "syntaxItem").Select(
                item => Joined(item.Elements(Command + "parameter").Select(parameter => parameter.Element(Maml + "name")!.Value)));
            IEnumerable<string> has = command.ParameterSets.Select(
                set => Joined(set.Parameters.Select(parameter => parameter.Name).Except(Cmdlet.CommonParameters)));
            Assert.Equal(has.Order(StringComparer.Ordinal), shown.Order(StringComparer.Ordinal));
        }

        static string Joined(IEnumerable<string> names) => string.Join(' ', names.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_help_shows_what_can_be_chosen()
    {
        XDocument help = XDocument.Load(Path.Combine(StagedModule.Folder, "en-US", "MonaLisa.PS.dll-Help.xml"));
        XElement activation = help.Descendants(Command + "parameters").SelectMany(parameters => parameters.Elements())
            .First(parameter => parameter.Element(Maml + "name")!.Value == "Activation");
        Assert.Equal("Activation", activation.Element(Command + "parameterValue")!.Value);
        Assert.Equal(
            ["ReLU", "LeakyReLU", "Tanh", "Sigmoid", "Sine", "Gaussian", "FINER", "WIRE", "GELU"],
            activation.Element(Command + "parameterValueGroup")!.Elements().Select(value => value.Value));
        XElement provider = help.Descendants(Command + "parameters").SelectMany(parameters => parameters.Elements())
            .First(parameter => parameter.Element(Maml + "name")!.Value == "Provider" && parameter.Attribute("variableLength")!.Value == "true");
        Assert.Equal("Provider[]", provider.Element(Command + "parameterValue")!.Value);
    }

    [Fact]
    public void The_documents_that_the_help_names_are_in_the_module()
    {
        string[] texts = [.. Directory.GetFiles(Path.Combine(StagedModule.Folder, "en-US")).Select(File.ReadAllText)];
        string[] named = [.. texts.SelectMany(text => DocumentName().Matches(text)).Select(match => match.Value).Distinct()];
        Assert.Contains("docs/model-format.md", named);
        Assert.All(named, name => Assert.True(File.Exists(Path.Combine(StagedModule.Folder, name)), name));
    }

    [Fact]
    public void The_help_has_a_default_for_every_parameter_and_a_page_for_every_command()
    {
        XDocument help = XDocument.Load(Path.Combine(StagedModule.Folder, "en-US", "MonaLisa.PS.dll-Help.xml"));
        XNamespace dev = "http://schemas.microsoft.com/maml/dev/2004/10";
        Assert.All(help.Descendants(Command + "parameter"), parameter => Assert.NotEmpty(parameter.Element(dev + "defaultValue")!.Value));
        Assert.Equal("2012", Default("New-MlpNetwork", "Seed"));
        Assert.Equal("Standard", Default("Invoke-MlpTraining", "Quality"));
        Assert.Equal("False", Default("Invoke-MlpTraining", "Live"));
        Assert.Equal("None", Default("Invoke-MlpTraining", "InputObject"));
        Assert.All(Commands, command => Assert.EndsWith(
            $"/module/help/{NameOf(command)}.md", Of(NameOf(command)).Descendants(Maml + "uri").First(uri => uri.Value.StartsWith("https:", StringComparison.Ordinal)).Value));

        XElement Of(string command) => help.Root!.Elements().Single(element => element.Descendants(Command + "name").First().Value == command);
        string Default(string command, string parameter) => Of(command).Element(Command + "parameters")!.Elements()
            .Single(element => element.Element(Maml + "name")!.Value == parameter).Element(dev + "defaultValue")!.Value;
    }

    [Fact]
    public void Links_of_the_pages_in_the_module_lead_to_what_is_in_it()
    {
        string[] pages = [.. Directory.GetFiles(StagedModule.Folder, "*.md", SearchOption.AllDirectories)];
        Assert.True(pages.Length > 8);
        string[] broken = [.. pages.SelectMany(page => Link().Matches(File.ReadAllText(page)).Select(link => link.Groups[1].Value)
            .Where(link => !Path.Exists(Path.Combine(Path.GetDirectoryName(page)!, link))).Select(link => $"{page}: {link}"))];
        Assert.True(broken.Length == 0, string.Join("\n", broken));
    }

    // Without addresses and headings.
    [GeneratedRegex(@"\]\(([^)#:\s]+)(#[^)\s]+)?\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"docs/[a-z-]+\.md")]
    private static partial Regex DocumentName();

    private static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";

    private static string NameOf(Type command)
    {
        CmdletAttribute attribute = command.GetCustomAttribute<CmdletAttribute>()!;
        return $"{attribute.VerbName}-{attribute.NounName}";
    }
}
