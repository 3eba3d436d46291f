namespace MonaLisa.Engine.Pictures;

/// <summary>Finds the start that a compressed file was written with.</summary>
/// <param name="name">The name of its model file, which follows the rule of <see cref="ShortName"/>.</param>
/// <param name="checksum">Its <see cref="LatentStart.Checksum"/>.</param>
internal delegate LatentStart LatentStartFinder(string name, uint checksum);
