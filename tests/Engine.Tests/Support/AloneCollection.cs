namespace MonaLisa.Engine.Tests;

/// <summary>Tests that nothing may run beside: what they measure belongs to the whole process.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    public const string Name = "Alone";
}
