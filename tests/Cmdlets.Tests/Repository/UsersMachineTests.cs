namespace MonaLisa.Cmdlets.Tests.Repository;

/// <summary>Nothing that appears by itself, or lies on a user's machine, stops a user's build.</summary>
public class UsersMachineTests
{
    private const string OtherCompiler = "CheckedMSBuildVersion=0.1";

    private static readonly string[] AdvisoryCodes = ["NU1901", "NU1902", "NU1903", "NU1904"];

    [Fact]
    public void A_new_advisory_is_a_warning_to_a_user_and_an_error_in_continuous_integration()
    {
        using var source = new AdvisorySource();
        using var machine = new UsersMachine(source.Index);
        source.Publish(UsersMachine.Package);
        AssertSucceeds(machine.Restore(isContinuousIntegration: false));
        AssertSucceeds(machine.Restore(isContinuousIntegration: true));

        source.Publish(UsersMachine.Package, 0, 1, 2, 3);
        BuildResult users = machine.Build(isContinuousIntegration: false), integration = machine.Build(isContinuousIntegration: true);
        Assert.All(AdvisoryCodes, code => AssertWarns(code, users));
        Assert.All(AdvisoryCodes, code => AssertFails(code, integration));
    }

    [Fact]
    public void A_source_that_cannot_tell_of_advisories_stops_nobody()
    {
        using var source = new AdvisorySource();
        using var machine = new UsersMachine(source.Index);
        source.KnowNothing();
        AssertWarns("NU1905", machine.Restore(isContinuousIntegration: false));
        AssertWarns("NU1905", machine.Restore(isContinuousIntegration: true));
        source.Break();
        AssertWarns("NU1900", machine.Restore(isContinuousIntegration: false));
        AssertWarns("NU1900", machine.Restore(isContinuousIntegration: true));
    }

    [Fact]
    public void A_warning_of_another_compiler_than_the_checked_one_stops_no_user()
    {
        using var machine = new UsersMachine();
        machine.Write("clone/Project/Class.cs", "internal static class Sample { public static void Get() { int unused; } }");
        AssertWarns("CS0168", machine.Build(isContinuousIntegration: false, OtherCompiler));
        AssertFails("CS0168", machine.Build(isContinuousIntegration: true, OtherCompiler));
        AssertFails("CS0168", machine.Build(isContinuousIntegration: false, "CheckedMSBuildVersion=" + machine.MSBuildVersion()));
    }

    [Fact]
    public void What_lies_above_the_clone_is_not_for_its_build()
    {
        const string broken = """<Project><Target Name="Users" BeforeTargets="Build;Restore"><Error Text="Not for this." /></Target></Project>""";
        string[] names =
        [
            "Directory.Build.props", "Directory.Build.targets", "Directory.Solution.props", "Directory.Solution.targets", "Directory.Packages.props",
        ];
        using var machine = new UsersMachine();
        Assert.All(names, name => machine.Write(name, broken));
        machine.Write("Directory.Build.rsp", "-noSuchSwitch");
        machine.Write("global.json", """{ "sdk": { "version": "99.0.100" } }""");
        machine.Write(".globalconfig", "is_global = true\ndotnet_diagnostic.CS8981.severity = error");
        machine.Write("clone/Project/Class.cs", "internal static class lower;");
        machine.WriteSettings("""
            <packageSourceMapping><packageSource key="here"><package pattern="Company.*" /></packageSource></packageSourceMapping>
            <packageSources><add key="gone" value="no-such-folder" /></packageSources>
            <fallbackPackageFolders><add key="gone" value="no-such-folder" /></fallbackPackageFolders>
            """);
        AssertWarns("CS8981", machine.Build(isContinuousIntegration: false, OtherCompiler));
    }

    private static void AssertWarns(string code, BuildResult result)
    {
        AssertSucceeds(result);
        AssertSays(result, $"warning {code}");
    }

    private static void AssertFails(string code, BuildResult result)
    {
        Assert.NotEqual(0, result.ExitCode);
        AssertSays(result, $"error {code}");
    }

    private static void AssertSucceeds(BuildResult result) => Assert.True(result.ExitCode == 0, result.Output);

    private static void AssertSays(BuildResult result, string text) => Assert.Contains(text + ":", result.Output, StringComparison.Ordinal);
}
