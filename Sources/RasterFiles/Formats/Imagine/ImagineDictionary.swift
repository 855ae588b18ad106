/// The data dictionary: what the fields of an Imagine file's entries are called and how they are stored.
///
/// A type is its fields in braces and its name. A field is a number of items, their kind (`c` character, `s` and `l` 16 and
/// 32 bits, `L` the same without a sign, `t` a time, `d` floating-point, `e` an enumeration and its cases, `b` an array,
/// `o` another type, `x` one defined here) and its name; `p` and `*` mark what is counted in front of it.
enum ImagineDictionary {
  /// The types that this module writes.
  static let text = types.joined() + "."

  /// How the samples of a band's blocks are stored, in a dictionary of their own.
  static func samples(_ code: Character) -> String { "{4096:\(code)data,}RasterDMS,." }

  private static let pixelTypes = "e13:u1,u2,u4,u8,s8,u16,s16,u32,s32,f32,f64,c64,c128,"
  private static let arrayTypes =
    "e13:EGDA_TYPE_U1,EGDA_TYPE_U2,EGDA_TYPE_U4,EGDA_TYPE_U8,EGDA_TYPE_S8,EGDA_TYPE_U16,EGDA_TYPE_S16,EGDA_TYPE_U32,"
    + "EGDA_TYPE_S32,EGDA_TYPE_F32,EGDA_TYPE_F64,EGDA_TYPE_C64,EGDA_TYPE_C128,"
  private static let arrayKinds =
    "e4:EGDA_SCALAR_OBJECT,EGDA_TABLE_OBJECT,EGDA_MATRIX_OBJECT,EGDA_RASTER_OBJECT,"
  private static let mifString = "x{0:pcstring,}Emif_String,"

  private static let types = [
    "{1:lversion,1:LfreeList,1:LrootEntryPtr,1:sentryHeaderLength,1:LdictionaryPtr,}Ehfa_File,",
    "{1:Lnext,1:Lprev,1:Lparent,1:Lchild,1:Ldata,1:ldataSize,64:cname,32:ctype,1:tmodTime,}Ehfa_Entry,",
    "{16:clabel,1:LheaderPtr,}Ehfa_HeaderTag,",
    "{1:LfreeList,1:lfreeSize,}Ehfa_FreeListNode,",
    "{1:lsize,1:Lptr,}Ehfa_Data,",
    "{1:lwidth,1:lheight,1:e3:thematic,athematic,fft of real-valued data,layerType,1:\(pixelTypes)pixelType,"
      + "1:lblockWidth,1:lblockHeight,}Eimg_Layer,",
    "{1:e2:raster,vector,type,1:LdictionaryPtr,}Ehfa_Layer,",
    "{1:LspaceUsedForRasterData,}ImgFormatInfo831,",
    "{1:sfileCode,1:Loffset,1:lsize,1:e2:false,true,logvalid,"
      + "1:e2:no compression,ESRI GRID compression,compressionType,}Edms_VirtualBlockInfo,",
    "{1:lmin,1:lmax,}Edms_FreeIDList,",
    "{1:lnumvirtualblocks,1:lnumobjectsperblock,1:lnextobjectnum,1:e2:no compression,RLC compression,compressionType,"
      + "0:poEdms_VirtualBlockInfo,blockinfo,0:poEdms_FreeIDList,freelist,1:tmodTime,}Edms_State,",
    "{0:pcstring,}Emif_String,",
    "{1:oEmif_String,fileName,2:LlayerStackValidFlagsOffset,2:LlayerStackDataOffset,1:LlayerStackCount,"
      + "1:LlayerStackIndex,}ImgExternalRaster,",
    "{1:lnumrows,1:lnumcolumns,1:\(arrayTypes)datatype,1:\(arrayKinds)objecttype,}Egda_BaseData,",
    "{1:*bvalueBD,}Eimg_NonInitializedValue,",
    "{1:dx,1:dy,}Eprj_Coordinate,",
    "{1:dwidth,1:dheight,}Eprj_Size,",
    "{0:pcproName,1:*oEprj_Coordinate,upperLeftCenter,1:*oEprj_Coordinate,lowerRightCenter,1:*oEprj_Size,pixelSize,"
      + "0:pcunits,}Eprj_MapInfo,",
    "{0:pcdatumname,1:e3:EPRJ_DATUM_PARAMETRIC,EPRJ_DATUM_GRID,EPRJ_DATUM_REGRESSION,type,0:pdparams,0:pcgridname,}"
      + "Eprj_Datum,",
    "{0:pcsphereName,1:da,1:db,1:deSquared,1:dradius,}Eprj_Spheroid,",
    "{1:e2:EPRJ_INTERNAL,EPRJ_EXTERNAL,proType,1:lproNumber,0:pcproExeName,0:pcproName,1:lproZone,0:pdproParams,"
      + "1:*oEprj_Spheroid,proSpheroid,}Eprj_ProParameters,",
    "{1:lnumBins,1:e4:direct,linear,logarithmic,explicit,binFunctionType,1:dminLimit,1:dmaxLimit,1:*bbinLimits,}"
      + "Edsc_BinFunction,",
    "{1:lnumrows,}Edsc_Table,",
    "{1:lnumRows,1:LcolumnDataPtr,1:e4:integer,real,complex,string,dataType,1:lmaxNumChars,}Edsc_Column,",
    "{1:\(mifString)type,1:\(mifString)MIFDictionary,0:pCMIFObject,}Emif_MIFObject,",
    "{1:x{1:\(mifString)type,1:\(mifString)MIFDictionary,0:pCMIFObject,}Emif_MIFObject,projection,1:\(mifString)title,}"
      + "Eprj_MapProjection842,",
  ]
}
