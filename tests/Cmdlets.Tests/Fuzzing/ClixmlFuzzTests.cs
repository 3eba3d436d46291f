using MonaLisa.Engine.Tests;

namespace MonaLisa.Cmdlets.Tests.Fuzzing;

/// <summary>Damaged objects from other sessions, see the engine's fuzz tests.</summary>
[Collection(AloneCollection.Name)]
public sealed class ClixmlFuzzTests(ITestOutputHelper output) : Workspace
{
    [Fact]
    public void Every_damaged_object_is_made_again_or_refused()
    {
        using var target = new ClixmlTarget(Folder);
        output.WriteLine(new FuzzRun(target, FuzzSettings.Current).Run());
    }
}
